package org.posthorn.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that answers what a test tells it to, and keeps what it was asked. */
final class StubServer implements AutoCloseable {

    static {
        // Before the first server: else each answer waits 40 ms for the client's acknowledgement of its header.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** @param target path and query as they came; @param authorization null without one */
    record Asked(String method, String target, String body, String authorization, String ifMatch) {}

    record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final Map<String, Function<Asked, Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean silent;
    private volatile boolean stalling;

    StubServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param request method and path, without the query */
    StubServer on(String request, int status, String json) {
        return on(request, asked -> new Answer(status, "application/json", json));
    }

    StubServer on(String request, Function<Asked, Answer> answer) {
        answers.put(request, answer);
        return this;
    }

    /** Takes requests and answers none. */
    void beSilent() {
        silent = true;
    }

    /** Begins answers and does not end them. */
    void stall() {
        stalling = true;
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** @return method and target of each request */
    List<String> requests() {
        return asked().stream().map(one -> one.method() + " " + one.target()).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        Asked one = new Asked(
                exchange.getRequestMethod(),
                target,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                exchange.getRequestHeaders().getFirst("Authorization"),
                exchange.getRequestHeaders().getFirst("If-Match"));
        asked.add(one);
        if (silent) {
            await();
            return;
        }
        Answer answer = answers.getOrDefault(
                        one.method() + " " + target.replaceAll("\\?.*", ""),
                        any -> new Answer(404, "application/json", "{\"description\": \"404 Not Found\"}"))
                .apply(one);
        byte[] octets = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        if (answer.status() == 204) {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(answer.status(), 0);
        exchange.getResponseBody().write(octets);
        if (stalling) {
            exchange.getResponseBody().flush();
            await();
            return;
        }
        exchange.close();
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
