package org.posthorn.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Speaks to Mailman's API as its clients do: forms or JSON on any method, answers with status, header and body. */
public final class Rest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    private final String base;
    private final String authorization;

    /** @param base without a slash at its end, e.g. {@code http://127.0.0.1:8080/3.1} */
    public Rest(String base, String user, String password) {
        this.base = base;
        this.authorization =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What was answered; the body is the text as it came. */
    public record Answer(int status, HttpHeaders headers, String body) {

        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            } catch (RuntimeException e) {
                throw new AssertionError("answered " + status + " without an object: " + body, e);
            }
        }

        public String description() {
            return json().getString("description");
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** The entries of a collection; none when it has no such field. */
        public List<JsonObject> entries() {
            return json().containsKey("entries")
                    ? json().getJsonArray("entries").getValuesAs(JsonObject.class)
                    : List.of();
        }

        public String etag() {
            return json().getString("http_etag");
        }
    }

    public Answer get(String path, String... headers) {
        return send("GET", path, null, "", headers);
    }

    /** Without a body. */
    public Answer send(String method, String path) {
        return send(method, path, null, "");
    }

    /** @param fields name, value, name, value … */
    public Answer form(String method, String path, String... fields) {
        return send(method, path, "application/x-www-form-urlencoded", encoded(fields));
    }

    public Answer json(String method, String path, String json) {
        return send(method, path, "application/json", json);
    }

    /** @param type of the body, or null without one; @param headers name, value, name, value … */
    public Answer send(String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .method(
                        method,
                        type == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (type != null) {
            request.header("Content-Type", type);
        }
        for (int i = 0; i + 1 < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static String encoded(String... fields) {
        return java.util.stream.IntStream.range(0, fields.length / 2)
                .mapToObj(i -> quoted(fields[2 * i]) + "=" + quoted(fields[2 * i + 1]))
                .collect(Collectors.joining("&"));
    }

    /** As Python's {@code quote_plus} does it. */
    public static String quoted(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
