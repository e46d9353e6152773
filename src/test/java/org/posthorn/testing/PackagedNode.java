package org.posthorn.testing;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A node as it is shipped, in a process of its own: started as a user starts it, and spoken to from outside (REST, LMTP).
 * Its home folder, ports and settings are its own. Ends with the test, at the latest with the test's JVM.
 */
public final class PackagedNode implements AutoCloseable {

    public static final String USER = "admin";
    public static final String PASSWORD = "end-to-end-Passw0rd";

    private static final Duration START = Duration.ofSeconds(240);
    private static final Duration STOP = Duration.ofSeconds(120);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(30)).build();

    /** How a node is started. */
    public enum Form {
        /** {@code bin/posthorn run}: the unpacked server. */
        COMMAND(List.of("bin/posthorn", "run")),
        /** {@code java -jar target/posthorn.jar}. */
        JAR(List.of(java(), "-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", "target/posthorn.jar"));

        private final List<String> words;

        Form(List<String> words) {
            this.words = words;
        }

        private static String java() {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }
    }

    /** What REST answered; {@code body} is the text as it came. */
    public record Answer(int status, String body) {

        public JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                JsonStructure value = reader.read();
                if (value.getValueType() != JsonValue.ValueType.OBJECT) {
                    throw new AssertionError("no object: " + body);
                }
                return value.asJsonObject();
            }
        }
    }

    private final Form form;
    private final Path home;
    private final int httpPort = FreePort.next();
    private final int lmtpPort = FreePort.next();
    private final Map<String, String> settings = new HashMap<>();
    private Process process;

    /**
     * @param form how it is started
     * @param home its home folder, made when missing
     * @param more settings besides the ports and the administrator
     */
    public PackagedNode(Form form, Path home, Map<String, String> more) {
        this.form = form;
        this.home = home;
        settings.put("POSTHORN_HOME", home.toString());
        settings.put("POSTHORN_HTTP_PORT", Integer.toString(httpPort));
        settings.put("POSTHORN_LMTP_PORT", Integer.toString(lmtpPort));
        settings.put("POSTHORN_ADMIN_USER", USER);
        settings.put("POSTHORN_ADMIN_PASSWORD", PASSWORD);
        settings.put("POSTHORN_JVM_FLAGS", "-XX:TieredStopAtLevel=1");
        // The build that runs this test has made it.
        settings.put("POSTHORN_BUILD", "off");
        settings.putAll(more);
    }

    public int httpPort() {
        return httpPort;
    }

    public int lmtpPort() {
        return lmtpPort;
    }

    /** Its name among the nodes of its site, where the test gave it one. */
    public String name() {
        return settings.getOrDefault("POSTHORN_NODE", home.getFileName().toString());
    }

    /** From its next start on. */
    public PackagedNode with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** Starts it and waits until it is ready. */
    public PackagedNode start() {
        launch();
        return awaitReady();
    }

    /** After {@link #launch}: several nodes can start side by side. */
    public PackagedNode awaitReady() {
        boolean ready = Eventually.holds(
                START, () -> !process.isAlive() || get("/health/ready").status() == 200);
        if (!ready || !process.isAlive()) {
            kill();
            throw new AssertionError("the node did not become ready; its log ends:\n" + log());
        }
        return this;
    }

    /** Starts it and does not wait. */
    public void launch() {
        try {
            Files.createDirectories(home);
            ProcessBuilder builder = new ProcessBuilder(form.words);
            builder.environment().keySet().removeIf(variable -> variable.startsWith("POSTHORN_"));
            builder.environment().putAll(settings);
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the process's exit status */
    public int awaitEnd(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("the node still runs after " + within + "; its log ends:\n" + log());
        }
        return process.exitValue();
    }

    /** SIGTERM; returns once it has ended. */
    public void terminate() throws InterruptedException {
        process.destroy();
        awaitEnd(STOP);
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGSTOP: it stands still, as in a long pause of its machine, and holds its connections. */
    public void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("no process " + process.pid() + " to send SIG" + name + " to");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** One that stands still goes on first, so that it can end. */
    @Override
    public void close() throws InterruptedException {
        if (process != null && process.isAlive()) {
            resume();
            process.destroy();
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    public String log() {
        try {
            List<String> lines = Files.readAllLines(logFile(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Path logFile() {
        return home.resolveSibling(home.getFileName() + ".log");
    }

    // --- REST

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer patch(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** As get, without credentials. */
    public Answer getAnonymously(String path) {
        return send(HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(60))
                .GET());
    }

    private HttpRequest.Builder request(String path) {
        String login = USER + ":" + PASSWORD;
        return HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Makes the domain and the list, and imports the members; returns the list's id. */
    public String makeList(String address, List<String> members) {
        String domain = address.substring(address.indexOf('@') + 1);
        post("/3.1/domains", "{\"mail_host\": \"" + domain + "\"}");
        succeed(post("/3.1/lists", "{\"fqdn_listname\": \"" + address + "\"}"));
        String id = address.replace('@', '.');
        succeed(post(
                "/api/lists/" + id + "/members/import", "text/csv", "email\n" + String.join("\n", members) + "\n"));
        return id;
    }

    private static void succeed(Answer answer) {
        if (answer.status() / 100 != 2) {
            throw new AssertionError("answered " + answer.status() + ": " + answer.body());
        }
    }

    /** @return the message's report; empty as long as there is none */
    public JsonObject trace(String messageId) {
        Answer answer = get("/api/messages?message_id=" + URLEncoder.encode(messageId, StandardCharsets.UTF_8));
        return answer.status() == 200 ? answer.json() : JsonValue.EMPTY_JSON_OBJECT;
    }

    /** Waits until the message's report says this state. */
    public boolean awaitState(String messageId, String state, Duration within) {
        return Eventually.holds(
                within, () -> trace(messageId).getString("state", "").equals(state));
    }

    // --- LMTP

    /** Hands a message over by LMTP and returns each recipient's reply to it. */
    public List<String> deliver(String reversePath, List<String> recipients, String message) throws IOException {
        try (LmtpClient client = LmtpClient.greeted(lmtpPort)) {
            client.say("MAIL FROM:<" + reversePath + ">\r\n");
            List<String> replies = new ArrayList<>();
            int taken = 0;
            for (String recipient : recipients) {
                replies.add(client.say("RCPT TO:<" + recipient + ">\r\n"));
                taken += replies.get(replies.size() - 1).startsWith("250") ? 1 : 0;
            }
            if (taken == 0) {
                return replies;
            }
            client.say("DATA\r\n");
            client.send(message.replaceAll("(?m)^\\.", ".."));
            client.send(".\r\n");
            for (int i = 0; i < replies.size(); i++) {
                if (replies.get(i).startsWith("250")) {
                    replies.set(i, client.reply());
                }
            }
            return replies;
        }
    }

    /** @return a plain message with CR LF and this Message-ID */
    public static String message(String from, String to, String subject, String messageId) {
        return """
                From: Poster <%s>
                To: %s
                Subject: %s
                Date: Sun, 22 Nov 2026 10:00:00 +0000
                Message-ID: %s
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8

                Dear list,

                this is a test.
                """.formatted(from, to, subject, messageId).replace("\n", "\r\n");
    }

    public static String newMessageId() {
        return "<" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "@e2e.example>";
    }
}
