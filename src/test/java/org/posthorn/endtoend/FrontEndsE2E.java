package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.HaProxy;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.Postfix;
import org.posthorn.testing.SmtpSink;

/** Two nodes behind HAProxy and Postfix, as the fragments have them: whoever uses them goes on when a node dies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FrontEndsE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net", "carol@example.com");
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final String PAGE = "/site/nodes";

    @TempDir
    static Path folder;

    private static SmtpSink world;
    private static PackagedSite site;
    private static HaProxy proxy;
    private static Postfix front;

    @BeforeAll
    static void start() throws IOException {
        world = new SmtpSink();
        site = PackagedSite.withGrid(
                        folder,
                        Map.of(
                                "POSTHORN_SMARTHOSTS", world.url(),
                                "POSTHORN_TRUSTED_PROXIES", "127.0.0.1/32",
                                "POSTHORN_STOP_DELAY", "5",
                                "POSTHORN_REST_ALLOW", "127.0.0.0/8"),
                        "n1",
                        "n2")
                .start();
        PackagedNode first = site.node("n1");
        PackagedNode second = site.node("n2");
        first.makeList(LIST, MEMBERS);
        proxy = HaProxy.before(first.httpPort(), second.httpPort(), Path.of("server-config/haproxy/haproxy.cfg"));
        front = Postfix.frontOfTwo(
                first.lmtpPort(), second.lmtpPort(), Path.of("server-config/postfix"), "lists.example.org");
    }

    @AfterAll
    static void stop() throws Exception {
        if (front != null) {
            front.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (site != null) {
            site.close();
        }
        world.close();
    }

    private static ConsoleVisitor visitor() {
        return new ConsoleVisitor(proxy.port()).signIn(PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static String post() throws IOException {
        try (LmtpClient client = new LmtpClient(front.port())) {
            client.say("EHLO outsider.example\r\n");
            assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).startsWith("250");
            assertThat(client.say("RCPT TO:<" + LIST + ">\r\n")).as(front.log()).startsWith("250");
            String messageId = PackagedNode.newMessageId();
            assertThat(client.say("DATA\r\n")).startsWith("354");
            client.send(PackagedNode.message("ann@example.com", LIST, "By way of Postfix", messageId));
            assertThat(client.say(".\r\n")).startsWith("250");
            return messageId;
        }
    }

    private static void assertDeliveredOnce(String messageId) {
        assertThat(world.awaitRecipients(messageId, MEMBERS.size(), WITHIN))
                .as(() -> front.log()
                        + site.nodes().stream().map(PackagedNode::log).toList())
                .isTrue();
        assertThat(site.nodes().stream()
                        .filter(PackagedNode::isAlive)
                        .findFirst()
                        .orElseThrow()
                        .awaitState(messageId, "delivered", WITHIN))
                .isTrue();
        assertThat(world.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    @Test
    @Order(1)
    void oneWhoSignedInShouldBeKnownToBothNodes() {
        ConsoleVisitor visitor = visitor();

        assertThat(visitor.open(PAGE).status()).isEqualTo(200);
        assertThat(visitor.cookie("posthorn-node")).isIn("n1", "n2");
        for (int round = 0; round < 3; round++) {
            site.nodes().forEach(node -> assertThat(status(node, visitor)).isEqualTo(200));
        }
    }

    @Test
    @Order(2)
    void oneWhoSignedOutShouldBeKnownToNone() {
        ConsoleVisitor visitor = visitor();
        ConsoleVisitor thief = visitor.twinAt(proxy.port());
        site.nodes().forEach(node -> assertThat(status(node, thief)).isEqualTo(200));

        visitor.post("/logout", "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.noBody());

        site.nodes()
                .forEach(node -> assertThat(Eventually.holds(WITHIN, () -> status(node, thief) == 303))
                        .isTrue());
    }

    @Test
    @Order(3)
    void sessionThatWasPlantedShouldBeWorthlessOnBothNodes() {
        ConsoleVisitor planter = new ConsoleVisitor(proxy.port()).with("posthorn", "a7c9f1b2d3e4f5a6b7c8d9e0f1a2");
        ConsoleVisitor visitor = planter.twinAt(proxy.port());

        visitor.signIn(PackagedNode.USER, PackagedNode.PASSWORD);

        assertThat(visitor.cookie("posthorn")).isNotEmpty().isNotEqualTo(planter.cookie("posthorn"));
        site.nodes().forEach(node -> assertThat(status(node, planter)).isEqualTo(303));
    }

    /** With the same cookies at the node itself. */
    private static int status(PackagedNode node, ConsoleVisitor visitor) {
        return visitor.twinAt(node.httpPort()).open(PAGE).status();
    }

    @Test
    @Order(4)
    void cookiesShouldBeOutOfReachOfScriptsAndOtherSites() {
        ConsoleVisitor visitor = new ConsoleVisitor(proxy.port());
        ConsoleVisitor.Form form =
                visitor.form("/login", "login").fill("name", PackagedNode.USER).fill("password", PackagedNode.PASSWORD);

        ConsoleVisitor.Answer answer = visitor.send(form, "submit");

        assertThat(answer.headers().allValues("Set-Cookie"))
                .anyMatch(cookie -> cookie.startsWith("posthorn="))
                .allMatch(cookie -> cookie.contains("HttpOnly"))
                .allMatch(cookie -> cookie.toLowerCase(Locale.ROOT).contains("samesite=lax"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/lists", "/search?q=x", "/site", "/nothing-here"})
    @Order(4)
    void strangerWhoLooksShouldBeginNoSession(String path) {
        ConsoleVisitor.Answer answer = new ConsoleVisitor(site.node("n1").httpPort()).open(path);

        assertThat(answer.status()).isIn(200, 303, 404);
        assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    @Order(5)
    void figuresShouldNotBeForTheWorld() {
        assertThat(new ConsoleVisitor(proxy.port()).open("/metrics").status()).isEqualTo(404);
    }

    /** Sends a request from this loopback address, which says of itself that it comes from another. @return the status line */
    private static String send(String from, int port, String claim, String request, String body) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(60_000);
            String head = String.join(
                    "\r\n",
                    request,
                    "Host: localhost",
                    "Connection: close",
                    "X-Forwarded-For: " + claim,
                    "Forwarded: for=" + claim,
                    "X-Real-IP: " + claim,
                    "Content-Length: " + body.length());
            socket.getOutputStream().write((head + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private static String guess(String from, int port, String claim) throws IOException {
        String login = PackagedNode.USER + ":wrong-Passw0rd";
        String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.US_ASCII));
        return send(from, port, claim, "GET /3.1/lists HTTP/1.1\r\nAuthorization: Basic " + basic, "");
    }

    /** Guesses as somebody who says of himself to be another each time. @return whether that was stopped */
    private static boolean isStopped(String from, int port) throws IOException {
        for (int i = 1; i < 60; i++) { // ten at once are let through by each node
            if (guess(from, port, "203.0.113." + i).contains(" 429 ")) {
                return true;
            }
        }
        return false;
    }

    private static String audit(String action) {
        return site.node("n1").get("/api/audit?count=100&action=" + action).body();
    }

    @Test
    @Order(6)
    void whoComesByTheProxyShouldBeKnownByTheirOwnAddress() throws IOException {
        assertThat(isStopped("127.0.0.21", proxy.port())).isTrue();

        assertThat(guess("127.0.0.22", proxy.port(), "127.0.0.21"))
                .as("another one is not kept waiting")
                .contains(" 401 ");
        assertThat(send(
                        "127.0.0.23",
                        proxy.port(),
                        "203.0.113.1",
                        "POST /login HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded",
                        "login=login&name=" + PackagedNode.USER + "&password=" + PackagedNode.PASSWORD
                                + "&submit=submit&jakarta.faces.ViewState=stateless"))
                .contains(" 303 ");
        assertThat(audit("sign-in-failed"))
                .contains("from=127.0.0.21", "from=127.0.0.22")
                .doesNotContain("from=203.0.113.")
                .as("the proxy's own")
                .doesNotContainPattern("from=127\\.0\\.0\\.1(?![0-9])");
        assertThat(audit("sign-in")).contains("from=127.0.0.23").doesNotContain("from=203.0.113.");
    }

    @Test
    @Order(6)
    void whoPassesTheProxyByShouldNotBeBelieved() throws IOException {
        int port = site.node("n2").httpPort();

        assertThat(isStopped("127.0.0.31", port)).isTrue();

        assertThat(guess("127.0.0.32", port, "127.0.0.31")).contains(" 401 ");
        assertThat(audit("sign-in-failed"))
                .contains("from=127.0.0.31", "from=127.0.0.32")
                .doesNotContain("from=203.0.113.");
    }

    @Test
    @Order(7)
    void workShouldGoToTheOtherNodeWhileOneStandsStill() throws Exception {
        assertDeliveredOnce(post()); // so Postfix knows the list, and has a connection to the first node
        List<ConsoleVisitor> visitors = List.of(visitorAt("n1"), visitorAt("n1"));
        PackagedNode still = site.node("n1");
        PackagedNode other = site.node("n2");
        List<CompletableFuture<String>> posting = IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(FrontEndsE2E::postAnyway))
                .toList();

        still.pause();
        long began = System.nanoTime();
        List<String> posts;
        Duration console;
        Duration longest = Duration.ZERO;
        try {
            for (ConsoleVisitor each : visitors) {
                int status = 0;
                while (status != 200 && elapsed(began).compareTo(WITHIN) < 0) {
                    long request = System.nanoTime();
                    status = statusOrNone(each);
                    longest = elapsed(request).compareTo(longest) > 0 ? elapsed(request) : longest;
                }
                assertThat(status).as(proxy::log).isEqualTo(200);
                assertThat(each.cookie("posthorn-node")).isEqualTo("n2");
            }
            console = elapsed(began);
            posts = new ArrayList<>(
                    posting.stream().map(CompletableFuture::join).toList());
            posts.add(post());
            for (String messageId : posts) {
                assertThat(world.awaitRecipients(messageId, MEMBERS.size(), WITHIN))
                        .as(() -> front.log() + other.log())
                        .isTrue();
            }
        } finally {
            still.resume();
        }
        System.out.printf(
                "one stands still: console after %s, longest request %s, all posts after %s%n",
                console, longest, elapsed(began));
        assertThat(console).isLessThan(Duration.ofSeconds(30));
        assertThat(longest).isLessThan(Duration.ofSeconds(20));
        assertThat(front.log()).contains(":" + other.lmtpPort());

        assertThat(Eventually.holds(WITHIN, () -> still.get("/health/ready").status() == 200))
                .isTrue();
        assertThat(Eventually.holds(
                        WITHIN, () -> still.get("/api/queues").body().contains("\"n1\"")))
                .as("it takes its share again")
                .isTrue();
        assertDeliveredOnce(post());
        for (String messageId : posts) {
            assertThat(other.awaitState(messageId, "delivered", WITHIN)).isTrue();
            assertThat(world.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
        }
        assertThat(Eventually.holds(WITHIN, FrontEndsE2E::areSessionsShared))
                .as("the grid has grown together again")
                .isTrue();
    }

    private static boolean areSessionsShared() {
        ConsoleVisitor probe = visitor();
        return site.nodes().stream().allMatch(node -> status(node, probe) == 200);
    }

    /** Waits, too, until the proxy has seen that the node is back: it asks every two seconds and wants two answers. */
    private static ConsoleVisitor visitorAt(String node) {
        AtomicReference<ConsoleVisitor> led = new AtomicReference<>();
        assertThat(Eventually.holds(WITHIN, () -> {
                    ConsoleVisitor visitor = visitor();
                    led.set(visitor);
                    return statusOrNone(visitor) == 200
                            && visitor.cookie("posthorn-node").equals(node);
                }))
                .as(() -> "somebody is led to " + node + ": " + proxy.log())
                .isTrue();
        return led.get();
    }

    /** 0: the connection ended without an answer. */
    private static int statusOrNone(ConsoleVisitor visitor) {
        try {
            return visitor.open(PAGE).status();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    /** One page after the other. @param reading counts them */
    private static CompletableFuture<List<String>> reads(
            ConsoleVisitor visitor, AtomicBoolean over, CountDownLatch reading) {
        return CompletableFuture.supplyAsync(() -> {
            List<String> seen = new ArrayList<>();
            while (!over.get()) {
                seen.add(answerTo(visitor));
                reading.countDown();
            }
            return seen;
        });
    }

    /** "200", or all that tells who answered otherwise. */
    private static String answerTo(ConsoleVisitor visitor) {
        String node = visitor.cookie("posthorn-node");
        try {
            ConsoleVisitor.Answer answer = visitor.open(PAGE);
            return answer.status() == 200
                    ? "200"
                    : answer.status() + " of " + node + " " + answer.headers().map() + " " + answer.body();
        } catch (UncheckedIOException e) {
            return e + " of " + node;
        }
    }

    private static void tellUnlessWell(String answer) {
        if (!answer.equals("200")) {
            System.out.println(answer + "\n" + site.node("n1").log());
        }
    }

    private static String postAnyway() {
        try {
            return post();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** One who reads all the while, led to the node that stops: one page after the other, and each is answered with 200. */
    @Test
    @Order(8)
    void whoReadsShouldNotNoticeThatTheirNodeIsStopped() throws Exception {
        ConsoleVisitor reader = visitorAt("n1");
        // It stood still before: the database may have ended connections of its transactions meanwhile.
        assertThat(Eventually.holds(
                        WITHIN,
                        () -> Stream.generate(() -> answerTo(reader))
                                .limit(100)
                                .peek(FrontEndsE2E::tellUnlessWell)
                                .allMatch("200"::equals)))
                .as(() -> site.node("n1").log())
                .isTrue();
        assertThat(reader.cookie("posthorn-node")).isEqualTo("n1");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<String>> answers = reads(reader, over, new CountDownLatch(0));

        try {
            site.node("n1").terminate();
        } finally {
            over.set(true);
        }

        assertThat(answers.get(WITHIN.toSeconds(), TimeUnit.SECONDS))
                .as(() -> proxy.log() + site.node("n1").log())
                .hasSizeGreaterThan(20)
                .containsOnly("200");
        assertThat(reader.cookie("posthorn-node")).isEqualTo("n2");
        assertDeliveredOnce(post());
        site.node("n1").start();
    }

    @Test
    @Order(9)
    void whoReadsShouldGoOnAtTheOtherNodeWhenTheirNodeIsKilled() throws Exception {
        ConsoleVisitor visitor = visitor();
        assertThat(visitor.open(PAGE).status()).isEqualTo(200);
        String session = visitor.cookie("posthorn");
        String served = visitor.cookie("posthorn-node");
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch reading = new CountDownLatch(20);
        CompletableFuture<List<String>> answers = reads(visitor, over, reading);
        assertThat(reading.await(WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();

        site.node(served).kill();

        assertThat(Eventually.holds(
                        Duration.ofSeconds(20),
                        () -> !visitor.cookie("posthorn-node").equals(served)))
                .as(proxy::log)
                .isTrue();
        over.set(true);
        assertThat(answers.get(WITHIN.toSeconds(), TimeUnit.SECONDS))
                .as(proxy::log)
                .containsOnly("200");
        assertThat(visitor.cookie("posthorn")).isEqualTo(session);
        assertThat(visitor.cookie("posthorn-node")).isNotEqualTo(served);
        assertThat(visitor.open(PAGE).status()).isEqualTo(200);

        assertDeliveredOnce(post());
        site.node(served).start();
        assertThat(status(site.node(served), visitor)).isEqualTo(200);
    }

    @Test
    @Order(10)
    void mailShouldGoToTheSecondNodeWhileTheFirstIsDown() throws IOException {
        assertDeliveredOnce(post());
        site.node("n1").kill();

        String messageId = post();

        assertDeliveredOnce(messageId);
        assertThat(front.log()).contains(":" + site.node("n2").lmtpPort());
    }

    @Test
    @Order(11)
    void mailShouldGoToTheSecondNodeWhileTheFirstHasNoRoomForIt() throws IOException {
        site.node("n1").with("POSTHORN_MIN_FREE", "1024G").start();
        try (LmtpClient client = LmtpClient.greeted(site.node("n1").lmtpPort())) {
            assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).startsWith("452 4.3.1");
        }

        String messageId = post();

        assertDeliveredOnce(messageId);
        assertThat(front.log()).contains("452 4.3.1");
    }
}
