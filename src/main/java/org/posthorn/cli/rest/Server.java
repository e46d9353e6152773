package org.posthorn.cli.rest;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.posthorn.cli.CommandException;
import org.posthorn.cli.Exit;

/**
 * A server's REST. Every wait is bounded. A refusal comes as {@link RefusedException} with the server's own words, a
 * server that does not answer as {@link CommandException} with {@link Exit#UNREACHABLE}.
 */
public final class Server {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** An import answers when all of it is stored. */
    private static final Duration UPLOAD = Duration.ofHours(6);

    /** More of an answer than this is not taken at once; what is longer is streamed. */
    private static final int MOST_BODY_BYTES = 64 << 20;

    private final URI base;
    private final Credentials credentials;
    private final Duration timeout;
    private final HttpClient http;

    /** @param base without a slash at the end */
    public Server(URI base, Credentials credentials, Duration timeout) {
        this.base = base;
        this.credentials = credentials;
        this.timeout = timeout;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT.compareTo(timeout) < 0 ? CONNECT : timeout);
        if (base.getScheme().equalsIgnoreCase("http")) {
            builder.sslContext(PlainOnly.context());
        }
        this.http = builder.build();
    }

    /** @throws RefusedException when the answer is no success */
    public JsonStructure get(Target target) {
        return parsed(send(request(target).GET(), timeout))
                .orElseThrow(() -> new CommandException(Exit.FAILED, "the server's answer is empty"));
    }

    public JsonObject object(Target target) {
        return asObject(get(target));
    }

    /** @return empty when there is no such thing */
    public Optional<JsonObject> find(Target target) {
        try {
            return Optional.of(object(target));
        } catch (RefusedException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    public Optional<JsonStructure> post(Target target, JsonObject body) {
        return parsed(send(request(target).POST(json(body)), timeout));
    }

    /** @param most how long the answer may take */
    public Optional<JsonStructure> post(Target target, JsonObject body, Duration most) {
        return parsed(send(request(target).POST(json(body)), most));
    }

    public Optional<JsonStructure> patch(Target target, JsonObject body) {
        return parsed(send(request(target).method("PATCH", json(body)), timeout));
    }

    /** Changes only what is still as it was read: else the server refuses with 412. @param etag empty: unconditionally */
    public Optional<JsonStructure> patch(Target target, JsonObject body, String etag) {
        HttpRequest.Builder request = request(target).method("PATCH", json(body));
        return parsed(send(etag.isEmpty() ? request : request.header("If-Match", etag), timeout));
    }

    public void delete(Target target) {
        send(request(target).DELETE(), timeout);
    }

    /** Deletes what takes long to delete. @return what the server says of it */
    public JsonObject deleted(Target target) {
        return parsed(send(request(target).DELETE(), UPLOAD))
                .map(Server::asObject)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Deletes what the body names. @return what the server says of it */
    public JsonObject deleted(Target target, JsonObject body) {
        return parsed(send(request(target).method("DELETE", json(body)), UPLOAD))
                .map(Server::asObject)
                .orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Sends a file as it is read. */
    public JsonObject upload(Target target, String type, Path file) {
        try {
            return upload(target, type, BodyPublishers.ofFile(file));
        } catch (IOException e) {
            throw CommandException.usage(file + " cannot be read: " + e.getMessage());
        }
    }

    /** Sends what comes, as it comes. */
    public JsonObject upload(Target target, String type, InputStream body) {
        return upload(target, type, BodyPublishers.ofInputStream(() -> body));
    }

    private JsonObject upload(Target target, String type, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target.text()))
                .header("Authorization", credentials.header())
                .header("Accept", "application/json")
                .header("Content-Type", type)
                .POST(body);
        return parsed(send(request, UPLOAD)).map(Server::asObject).orElse(JsonValue.EMPTY_JSON_OBJECT);
    }

    /** @return the body as it comes; a pause longer than the time-out ends it with an exception */
    public InputStream download(Target target) {
        HttpResponse<InputStream> answer = exchange(request(target).GET(), timeout);
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), text(answer.body()));
        }
        return new WatchedStream(answer.body(), timeout);
    }

    private HttpRequest.Builder request(Target target) {
        return HttpRequest.newBuilder(URI.create(base + target.text()))
                .header("Authorization", credentials.header())
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
    }

    private static BodyPublisher json(JsonObject body) {
        return BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8);
    }

    private String send(HttpRequest.Builder request, Duration most) {
        HttpResponse<InputStream> answer = exchange(request, most);
        String body = text(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw refused(answer.statusCode(), body);
        }
        return body;
    }

    private HttpResponse<InputStream> exchange(HttpRequest.Builder request, Duration most) {
        try {
            return http.send(request.timeout(most).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (HttpConnectTimeoutException | ConnectException e) {
            throw unreachable(
                    "cannot be reached: is the node running? (--url, POSTHORN_URL or POSTHORN_HTTP_PORT say where)");
        } catch (HttpTimeoutException e) {
            throw unreachable("did not answer within " + most.toSeconds() + " s (--timeout)");
        } catch (IOException e) {
            throw unreachable("cannot be spoken to: " + (e.getMessage() == null ? e : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("was not waited for");
        }
    }

    private String text(InputStream body) {
        try (InputStream in = new WatchedStream(body, timeout)) {
            byte[] octets = in.readNBytes(MOST_BODY_BYTES + 1);
            if (octets.length > MOST_BODY_BYTES) {
                throw new CommandException(Exit.FAILED, "the server's answer is too long");
            }
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreachable("broke off: " + e.getMessage());
        }
    }

    private CommandException unreachable(String what) {
        return new CommandException(Exit.UNREACHABLE, base + " " + what);
    }

    private RefusedException refused(int status, String body) {
        String words = words(body).orElse("the server answered " + status);
        return new RefusedException(
                status,
                switch (status) {
                    case 401 -> words + " (" + credentials + "): name, password or token are wrong";
                    case 502, 503, 504 -> base + " is not ready: " + words;
                    default -> words;
                });
    }

    /** RFC 9457's detail, or Mailman's description. */
    private static Optional<String> words(String body) {
        try {
            return parsed(body)
                    .filter(value -> value.getValueType() == JsonValue.ValueType.OBJECT)
                    .map(JsonValue::asJsonObject)
                    .map(object ->
                            object.getString("detail", object.getString("description", object.getString("title", ""))))
                    .map(text -> text.replaceAll("\\p{Cntrl}", " ").strip())
                    .filter(text -> !text.isEmpty());
        } catch (CommandException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonStructure> parsed(String body) {
        if (body.isBlank()) {
            return Optional.empty();
        }
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            return Optional.of(reader.read());
        } catch (JsonException | IllegalStateException e) {
            throw new CommandException(Exit.FAILED, "the server's answer is no JSON: is this a Posthorn?");
        }
    }

    private static JsonObject asObject(JsonStructure value) {
        if (value.getValueType() != JsonValue.ValueType.OBJECT) {
            throw new CommandException(Exit.FAILED, "the server's answer is no object");
        }
        return value.asJsonObject();
    }
}
