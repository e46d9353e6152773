package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.PackagedNode;

/** Who is let in to REST and to the metrics, and how refusals look when they leave the server. Each request says by X-Forwarded-For where it comes from. */
class GuardsE2E {

    private static final String ALLOWED = "10.1.2.3";
    private static final String MONITOR = "10.9.2.3";
    private static final String STRANGER = "192.0.2.1";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path folder;

    private static PackagedNode node;

    @BeforeAll
    static void start() {
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        folder.resolve("home"),
                        Map.of(
                                "POSTHORN_TRUSTED_PROXIES",
                                "127.0.0.0/8",
                                "POSTHORN_REST_ALLOW",
                                "10.0.0.0/8",
                                "POSTHORN_MONITOR_ALLOW",
                                "10.9.0.0/16"))
                .start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (node != null) {
            node.close();
        }
    }

    // --- Who may come in

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3               | 200",
                "10.255.255.255         | 200",
                "192.0.2.1, 10.1.2.3    | 200", // what stands before the nearest untrusted hop is anybody's invention
                "10.1.2.3, 127.0.0.9    | 200", // two proxies
                "192.0.2.1              | 403",
                "11.0.0.1               | 403",
                "10.1.2.3, 192.0.2.1    | 403",
                "2001:db8::1            | 403",
                "nonsense               | 403",
                "''                     | 403", // the proxy itself
            })
    void restShouldBeOpenToTheAddressesInTheSettingOnly(String forwardedFor, int status) throws Exception {
        assertThat(get("/3.1/system", as(forwardedFor)).statusCode()).isEqualTo(status);
        assertThat(get("/api/queues", as(forwardedFor)).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/openapi"})
    void metricsShouldBeThereForTheAddressesInTheSettingOnly(String path) throws Exception {
        assertThat(get(path, from(MONITOR)).statusCode()).isEqualTo(200);
        assertThat(get(path, from(ALLOWED)).statusCode()).isEqualTo(404);
        assertThat(get(path, from(STRANGER)).statusCode()).isEqualTo(404);
        assertThat(get(path).statusCode()).isEqualTo(404);
        assertThat(get("/health/ready", from(STRANGER)).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://evil.example, 403",
        "Origin, null, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "Sec-Fetch-Site, same-site, 403",
        "Sec-Fetch-Site, same-origin, 200",
        "Sec-Fetch-Site, none, 200",
    })
    void whatAnotherSiteMakesABrowserSendShouldBeRefusedBeforeThePasswordIsLookedAt(
            String header, String value, int status) throws Exception {
        assertThat(get("/3.1/system", with(as(ALLOWED), header, value)).statusCode())
                .isEqualTo(status);
        assertThat(get("/api/queues", with(as(ALLOWED), header, value)).statusCode())
                .isEqualTo(status);
    }

    @Test
    void whoIsNobodyShouldBeAskedForCredentials() throws Exception {
        for (String[] headers : List.of(
                from(ALLOWED),
                with(from(ALLOWED), "Authorization", "Basic !!!"),
                with(from(ALLOWED), "Authorization", "Bearer posthorn_0000"),
                with(from(ALLOWED), "Authorization", basic("nobody", "nothing")))) {
            HttpResponse<String> answer = get("/api/queues", headers);

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse(""))
                    .startsWith("Basic ");
            assertProblem(answer, 401);
        }
    }

    @Test
    void guesserShouldBeToldToComeLaterAndOthersLetIn() throws Exception {
        String[] guesser = with(from("10.66.66.66"), "Authorization", basic("guessed", "wrong"));
        List<Integer> answers = new ArrayList<>();
        HttpResponse<String> last = null;
        for (int i = 0; i < 60 && !answers.contains(429); i++) {
            last = get("/api/queues", guesser);
            answers.add(last.statusCode());
        }

        assertThat(answers).startsWith(401).endsWith(429).containsOnly(401, 429);
        assertThat(Integer.parseInt(last.headers().firstValue("Retry-After").orElseThrow()))
                .isPositive();
        assertProblem(last, 429);
        assertThat(get("/api/queues", as("10.66.66.67")).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenShouldBeTakenAsBearerAndAsAPasswordAndDoNoMoreThanItsScopeSays() throws Exception {
        HttpResponse<String> made = send(
                "POST",
                "/api/accounts",
                "application/json",
                "{\"name\": \"reader\", \"scopes\": [\"read\"]}",
                as(ALLOWED));
        assertThat(made.statusCode()).isEqualTo(201);
        String token = json(made).getString("token");

        for (String authorization : List.of("Bearer " + token, basic("reader", token))) {
            String[] reader = with(from(ALLOWED), "Authorization", authorization);
            assertThat(get("/api/queues", reader).statusCode()).isEqualTo(200);
            HttpResponse<String> refused =
                    send("POST", "/3.1/domains", "application/json", "{\"mail_host\": \"x.example\"}", reader);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(json(refused).getString("description")).contains("LISTS");
        }
        assertThat(send("DELETE", "/api/accounts/reader", null, "", as(ALLOWED)).statusCode())
                .isEqualTo(204);
        assertThat(get("/api/queues", with(from(ALLOWED), "Authorization", "Bearer " + token))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/3.1/lists/a%00b", "/api/messages?message_id=%00", "/3.1/members?count=1&page=%00"})
    void nulInAnAddressShouldBeRefused(String path) throws Exception {
        assertThat(get(path, as(ALLOWED)).statusCode()).isEqualTo(400);
    }

    // --- How refusals look

    @ParameterizedTest
    @CsvSource({
        "GET, /api/nothing, , 404",
        "GET, /api/lists/none.example/names, , 404",
        "GET, /api/smarthosts/none, , 404",
        "GET, /api/, , 404",
        "GET, /api/../queues, , 400",
        "DELETE, /api/queues, , 405",
        "PUT, /api/nodes, application/json, 405",
        "POST, /api/smarthosts, multipart/form-data; boundary=x, 415",
        "POST, /api/lists/none.example/members/import, application/json, 415",
        "POST, /api/smarthosts, application/json, 400",
        "GET, /api/messages, , 400",
    })
    void refusalsUnderApiShouldBeProblems(String method, String path, String type, int status) throws Exception {
        HttpResponse<String> answer = send(method, path, type, "{", as(ALLOWED));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertProblem(answer, status);
        if (status == 405) {
            assertThat(answer.headers().firstValue("Allow").orElse("")).contains("GET");
        }
    }

    @Test
    void refusalsOfTheGuardShouldBeProblemsToo() throws Exception {
        assertProblem(get("/api/queues", as(STRANGER)), 403);
        assertProblem(get("/api/queues", with(as(ALLOWED), "Sec-Fetch-Site", "cross-site")), 403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /3.1/nothing, , 404",
        "GET, /3.1/lists/none.example, , 404",
        "PUT, /3.1/lists, application/json, 405",
        "POST, /3.1/lists, multipart/form-data; boundary=x, 415",
        "POST, /3.1/lists, application/json, 400",
        "GET, /3.1/lists/../domains, , 400",
    })
    void refusalsUnderMailmansPathsShouldLookAsMailmansDo(String method, String path, String type, int status)
            throws Exception {
        HttpResponse<String> answer = send(method, path, type, "{", as(ALLOWED));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(json(answer).getString("title")).startsWith(status + " ");
        assertThat(json(answer).getString("description")).isNotBlank();
    }

    private static void assertProblem(HttpResponse<String> answer, int status) {
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).isEqualTo("application/problem+json");
        JsonObject problem = json(answer);
        assertThat(problem.keySet()).containsExactlyInAnyOrder("title", "status", "detail");
        assertThat(problem.getInt("status")).isEqualTo(status).isEqualTo(answer.statusCode());
        assertThat(problem.getString("title")).isNotBlank();
        assertThat(problem.getString("detail")).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    // --- Requests

    private static JsonObject json(HttpResponse<String> answer) {
        return Json.createReader(new StringReader(answer.body())).readObject();
    }

    private static String[] from(String address) {
        return address.isEmpty() ? new String[0] : new String[] {"X-Forwarded-For", address};
    }

    /** The administrator, from there. */
    private static String[] as(String address) {
        return with(from(address), "Authorization", basic(PackagedNode.USER, PackagedNode.PASSWORD));
    }

    private static String[] with(String[] headers, String name, String value) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(name, value));
        return all.toArray(String[]::new);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, null, "", headers);
    }

    private static HttpResponse<String> send(String method, String path, String type, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + path))
                .method(
                        method,
                        type == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
