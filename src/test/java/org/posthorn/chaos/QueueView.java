package org.posthorn.chaos;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.posthorn.testing.PackagedNode;

/**
 * What a node says of the queues, all of the site's, asked with little patience.
 *
 * @param waiting entries of the queues that are worked on
 * @param due those of them whose time has come
 * @param parked entries in {@code shunt} and {@code bad}
 */
record QueueView(long waiting, long due, long parked) {

    private static final Set<String> PARKED = Set.of("shunt", "bad");
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /** @return empty when the node does not say */
    static Optional<QueueView> of(PackagedNode node) {
        String login = PackagedNode.USER + ":" + PackagedNode.PASSWORD;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + "/api/queues"))
                .timeout(PATIENCE)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(read(answer.body())) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    private static QueueView read(String body) {
        long waiting = 0;
        long due = 0;
        long parked = 0;
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            for (JsonObject queue : reader.readArray().getValuesAs(JsonObject.class)) {
                boolean isParked = PARKED.contains(queue.getString("queue"));
                parked += isParked ? queue.getInt("entries") : 0;
                waiting += isParked ? 0 : queue.getInt("entries");
                due += isParked ? 0 : queue.getInt("due");
            }
        }
        return new QueueView(waiting, due, parked);
    }
}
