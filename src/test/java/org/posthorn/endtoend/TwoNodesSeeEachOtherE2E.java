package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleBrowser;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.Rest;
import org.posthorn.testing.SmtpSink;

/**
 * Two nodes over one PostgreSQL, without a data grid: what is changed on one counts on the other at once, and who saves
 * second is told what the first has saved.
 */
class TwoNodesSeeEachOtherE2E {

    private static final String FOOTER = "A footer that came by the other node.";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static HttpServer texts;
    private static SmtpSink staying;
    private static SmtpSink leaving;
    private static PackagedSite site;
    private static PackagedNode anna;
    private static PackagedNode bert;
    private static int lists;

    @BeforeAll
    static void start() throws IOException {
        texts = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        texts.createContext("/", exchange -> {
            byte[] text = FOOTER.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        texts.start();
        staying = new SmtpSink();
        leaving = new SmtpSink();
        site = PackagedSite.of(
                        folder,
                        Map.of(
                                "POSTHORN_SMARTHOSTS",
                                "smtp://127.0.0.1:" + staying.port() + "?name=staying,smtp://127.0.0.1:"
                                        + leaving.port() + "?name=leaving",
                                "POSTHORN_TEMPLATE_HOSTS",
                                "http://127.0.0.1:" + texts.getAddress().getPort() + ",127.0.0.0/8"),
                        "anna",
                        "bert")
                .start();
        anna = site.node("anna");
        bert = site.node("bert");
    }

    @AfterAll
    static void stop() throws Exception {
        if (site != null) {
            site.close();
        }
        staying.close();
        leaving.close();
        texts.stop(0);
    }

    private static Rest rest(PackagedNode node, String name, String password) {
        return new Rest("http://localhost:" + node.httpPort() + "/3.1", name, password);
    }

    private static Rest rest(PackagedNode node) {
        return rest(node, PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static String newList() {
        String address = "list" + lists++ + "@lists.example.org";
        anna.makeList(address, List.of("ann@example.com", "bob@example.net"));
        return address;
    }

    private static String config(String list) {
        return "/lists/" + list.replace('@', '.') + "/config";
    }

    private static String post(PackagedNode node, String from, String list) {
        String messageId = PackagedNode.newMessageId();
        try {
            assertThat(node.deliver(from, List.of(list), PackagedNode.message(from, list, "Seen", messageId)))
                    .allMatch(reply -> reply.startsWith("250"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return messageId;
    }

    /** Enough posts by both doors that either node works on some. */
    private static List<String> posts(String from, String list) {
        return Stream.iterate(0, i -> i < 12, i -> i + 1)
                .map(i -> post(i % 2 == 0 ? anna : bert, from, list))
                .toList();
    }

    /** @return the nodes that worked on them, besides taking them in */
    private static Set<String> nodesOf(List<String> posts) {
        Set<String> nodes = new TreeSet<>();
        posts.forEach(id -> anna.trace(id).getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .filter(event -> !event.getString("event").equals("received"))
                .forEach(event -> nodes.add(event.getString("node"))));
        return nodes;
    }

    private static void awaitAll(List<String> posts, String state) {
        assertThat(posts)
                .allSatisfy(id -> assertThat(anna.awaitState(id, state, SOON))
                        .as(() -> anna.trace(id).toString())
                        .isTrue());
    }

    private static Stream<SmtpSink.Received> copies(List<String> posts) {
        return posts.stream()
                .flatMap(id -> Stream.concat(staying.copiesOf(id).stream(), leaving.copiesOf(id).stream()));
    }

    @Test
    void staleTagShouldBeRefusedByTheOtherNode() {
        String config = config(newList());
        String seen = rest(anna).get(config).etag();
        assertThat(rest(bert)
                        .send("PATCH", config, "application/json", "{\"description\": \"by bert\"}", "If-Match", seen)
                        .status())
                .isEqualTo(204);

        Rest.Answer second = rest(anna)
                .send("PATCH", config, "application/json", "{\"description\": \"by anna\"}", "If-Match", seen);

        assertThat(second.status()).isEqualTo(412);
        assertThat(rest(anna).get(config).json().getString("description")).isEqualTo("by bert");
    }

    @Test
    void ofTwoAtTheSameMomentOneShouldWin() {
        String config = config(newList());
        for (int round = 0; round < 15; round++) {
            String seen = rest(anna).get(config).etag();
            List<CompletableFuture<Integer>> writes = Stream.of(anna, bert)
                    .map(node -> CompletableFuture.supplyAsync(() -> rest(node)
                            .send(
                                    "PATCH",
                                    config,
                                    "application/json",
                                    "{\"description\": \"by " + node.name() + " " + seen.substring(1, 9) + "\"}",
                                    "If-Match",
                                    seen)
                            .status()))
                    .toList();
            List<Integer> answers =
                    writes.stream().map(CompletableFuture::join).sorted().toList();

            assertThat(answers.get(0)).isEqualTo(204);
            assertThat(answers.get(1)).isIn(409, 412);
        }
    }

    @Test
    void whoSavesSecondOnTheOtherNodeShouldSeeBothVersions() {
        String list = newList();
        String path = "/manage/" + list.replace('@', '.') + "/settings/names-and-addresses";
        try (ConsoleBrowser one = new ConsoleBrowser(anna.httpPort());
                ConsoleBrowser other = new ConsoleBrowser(bert.httpPort())) {
            Page first = one.signedIn(PackagedNode.USER, PackagedNode.PASSWORD);
            Page second = other.signedIn(PackagedNode.USER, PackagedNode.PASSWORD);
            first.navigate(path);
            second.navigate(path);
            first.locator("#description").fill("theirs");
            first.waitForNavigation(() -> first.locator("#save").click());
            second.locator("#description").fill("mine");
            second.locator("#info").fill("mine alone");

            second.waitForNavigation(() -> second.locator("#save").click());

            assertThat(second.content()).contains("Somebody else saved first");
            assertThat(second.locator("fieldset.versions").allTextContents().toString())
                    .contains("mine", "theirs", "Saved by admin", "mine alone");
            second.locator("input[name='choose-description'][value='mine']").check();
            second.waitForNavigation(() -> second.locator("#resolve").click());
            first.navigate(path);
            assertThat(first.locator("#description").inputValue()).isEqualTo("mine");
            assertThat(first.locator("#info").inputValue()).isEqualTo("mine alone");
        }
    }

    @Test
    void formerPasswordShouldOpenNothingOnAnyNode() {
        assertThat(rest(bert)
                        .form(
                                "POST",
                                "/users",
                                "email",
                                "eve@example.com",
                                "password",
                                "former-Passw0rd",
                                "is_server_owner",
                                "True")
                        .status())
                .isEqualTo(201);
        Rest former = rest(anna, "eve@example.com", "former-Passw0rd");
        ConsoleVisitor console = new ConsoleVisitor(anna.httpPort()).signIn("eve@example.com", "former-Passw0rd");
        assertThat(former.get("/lists").status()).isEqualTo(200);
        assertThat(console.open("/site").status()).isEqualTo(200);

        assertThat(rest(bert)
                        .form("PATCH", "/users/eve@example.com", "cleartext_password", "changed-Passw0rd")
                        .status())
                .isEqualTo(204);

        assertThat(former.get("/lists").status()).isEqualTo(401);
        assertThat(console.open("/site").location()).startsWith("/login");
        Rest changed = rest(anna, "eve@example.com", "changed-Passw0rd");
        assertThat(changed.get("/lists").status()).isEqualTo(200);
        assertThat(rest(bert).send("DELETE", "/users/eve@example.com").status()).isEqualTo(204);
        assertThat(changed.get("/lists").status()).isEqualTo(401);
    }

    @Test
    void removedServiceAccountShouldOpenNothingOnAnyNode() {
        PackagedNode.Answer made = bert.post("/api/accounts", "{\"name\": \"reader\", \"scopes\": [\"read\"]}");
        assertThat(made.status()).isEqualTo(201);
        Rest reader = rest(anna, "reader", made.json().getString("token"));
        assertThat(reader.get("/lists").status()).isEqualTo(200);

        assertThat(rest(bert)
                        .send("DELETE", "http://localhost:" + bert.httpPort() + "/api/accounts/reader")
                        .status())
                .isEqualTo(204);

        assertThat(reader.get("/lists").status()).isEqualTo(401);
    }

    @Test
    void settingShouldCountForTheNextPostOnAnyNode() {
        String list = newList();
        List<String> before = posts("ann@example.com", list);
        awaitAll(before, "delivered");
        assertThat(rest(bert)
                        .form("PATCH", config(list), "subject_prefix", "[changed] ")
                        .status())
                .isEqualTo(204);

        List<String> after = posts("ann@example.com", list);

        awaitAll(after, "delivered");
        assertThat(nodesOf(after)).contains("anna", "bert");
        assertThat(copies(after))
                .hasSizeGreaterThanOrEqualTo(12)
                .allSatisfy(copy -> assertThat(copy.header("Subject")).contains("[changed] Seen"));
    }

    @Test
    void banShouldCountForTheNextPostOnAnyNode() {
        String list = newList();
        awaitAll(posts("ann@example.com", list), "delivered");
        assertThat(rest(bert)
                        .form("POST", "/lists/" + list.replace('@', '.') + "/bans", "email", "ann@example.com")
                        .status())
                .isEqualTo(201);

        List<String> after = posts("ann@example.com", list);

        awaitAll(after, "discarded");
        assertThat(nodesOf(after)).contains("anna", "bert");
        assertThat(copies(after)).isEmpty();
    }

    @Test
    void templateShouldCountForTheNextPostOnAnyNode() {
        String list = newList();
        awaitAll(posts("ann@example.com", list), "delivered");
        assertThat(rest(bert)
                        .form(
                                "PATCH",
                                "/lists/" + list.replace('@', '.') + "/uris",
                                "list:member:regular:footer",
                                "http://127.0.0.1:" + texts.getAddress().getPort() + "/footer.txt")
                        .status())
                .isEqualTo(204);
        assertThat(Eventually.holds(
                        SOON, () -> anna.get("/api/templates").body().contains("fetched_at")))
                .as(anna.get("/api/templates").body())
                .isTrue();

        List<String> after = posts("ann@example.com", list);

        awaitAll(after, "delivered");
        assertThat(nodesOf(after)).contains("anna", "bert");
        assertThat(copies(after))
                .isNotEmpty()
                .allSatisfy(copy -> assertThat(copy.text()).contains(FOOTER));
    }

    @Test
    void removedSmarthostShouldGetNoMoreMailFromAnyNode() {
        String list = newList();
        awaitAll(posts("ann@example.com", list), "delivered");
        assertThat(leaving.received()).isNotEmpty();
        assertThat(rest(bert)
                        .send("DELETE", "http://localhost:" + bert.httpPort() + "/api/smarthosts/leaving")
                        .status())
                .isEqualTo(204);
        assertThat(Eventually.holds(
                        Duration.ofSeconds(2),
                        () -> Stream.of(anna, bert)
                                .noneMatch(
                                        node -> node.get("/metrics").body().contains("health{smarthost=\"leaving\""))))
                .isTrue();
        int received = leaving.received().size();

        List<String> after = posts("ann@example.com", list);

        awaitAll(after, "delivered");
        assertThat(nodesOf(after)).contains("anna", "bert");
        assertThat(leaving.received()).hasSize(received);
        assertThat(staying.copiesOf(after.get(0))).isNotEmpty();
    }
}
