package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.ConsoleVisitor;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.SmtpSink;
import org.posthorn.testing.TcpRelay;

/**
 * Two nodes whose data grid is cut in the midst of everything, as by a firewall that drops what they say to each other, and
 * heals again: mail and console go on, only slower.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GridCutE2E {

    private static final String LIST = "test@lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net");
    private static final String PAGE = "/site/nodes";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofSeconds(120);

    /** Ten seconds until a silent member is out, and then what the request itself takes on a busy machine. */
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);

    private static final int MEASURED = 30;

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedSite site;
    private static List<TcpRelay> relays;
    private static PackagedNode first;
    private static PackagedNode second;
    private static ConsoleVisitor before;
    private static ConsoleVisitor leaver;
    private static ConsoleVisitor leaversTwin;
    private static long medianWithGrid;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        site = PackagedSite.withGrid(
                folder,
                Map.of("POSTHORN_SMARTHOSTS", sink.url(), "POSTHORN_PUBLIC_URL", "https://lists.example.org"),
                "n1",
                "n2");
        relays = site.relayGrid();
        site.start();
        first = site.node("n1");
        second = site.node("n2");
        first.makeList(LIST, MEMBERS);
        assertThat(Eventually.holds(SOON, GridCutE2E::areSlicesShared)).isTrue();
        assertThat(isMembers(2)).as(first.log() + second.log()).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        if (relays != null) {
            for (TcpRelay relay : relays) {
                relay.close();
            }
        }
        if (site != null) {
            site.close();
        }
        sink.close();
    }

    private static boolean areSlicesShared() {
        String queues = first.get("/api/queues").body();
        return queues.contains("\"n1\"") && queues.contains("\"n2\"");
    }

    private static long metric(PackagedNode node, String series) {
        Matcher found = Pattern.compile("(?m)^posthorn_" + Pattern.quote(series) + " ([0-9.]+)$")
                .matcher(node.get("/metrics").body());
        return found.find() ? (long) Double.parseDouble(found.group(1)) : 0;
    }

    /** Both see so many. */
    private static boolean isMembers(int count) {
        return Eventually.holds(
                LONG, () -> site.nodes().stream().allMatch(node -> metric(node, "grid_members") == count));
    }

    private static String post(PackagedNode node) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(node.deliver(
                        "ann@example.com",
                        List.of(LIST),
                        PackagedNode.message("ann@example.com", LIST, "By two nodes", messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        return messageId;
    }

    private static void assertArrivesOnce(String messageId) {
        assertThat(sink.awaitRecipients(messageId, MEMBERS.size(), SOON))
                .as(() -> first.trace(messageId) + first.log() + second.log())
                .isTrue();
        assertThat(first.awaitState(messageId, "delivered", SOON)).isTrue();
        assertThat(sink.recipientsOf(messageId)).containsExactlyInAnyOrderElementsOf(MEMBERS);
    }

    /** @return the median of the milliseconds from the LMTP reply to the last copy, of posts that both nodes had to do with */
    private static long median(String label) throws IOException {
        List<Long> millis = new ArrayList<>();
        for (int tries = 0; millis.size() < MEASURED && tries < MEASURED * 4; tries++) {
            PackagedNode node = site.nodes().get(tries % 2);
            String messageId = post(node);
            long accepted = System.nanoTime();
            assertArrivesOnce(messageId);
            long last = sink.copiesOf(messageId).stream()
                    .mapToLong(SmtpSink.Received::atNanos)
                    .max()
                    .orElseThrow();
            boolean both = node.trace(messageId).getJsonArray("events").stream()
                    .map(JsonValue::asJsonObject)
                    .anyMatch(event -> !event.getString("node").equals(node.name()));
            if (both) {
                millis.add(Duration.ofNanos(last - accepted).toMillis());
            }
        }
        List<Long> sorted = millis.stream().sorted().toList();
        assertThat(sorted).as(label).hasSize(MEASURED);
        System.out.printf(
                "%s: posts of two nodes, ms: median %d, 90%% %d, longest %d%n",
                label, sorted.get(MEASURED / 2), sorted.get(MEASURED * 9 / 10), sorted.get(MEASURED - 1));
        return sorted.get(MEASURED / 2);
    }

    private static ConsoleVisitor visitor(PackagedNode node) {
        return new ConsoleVisitor(node.httpPort()).signIn(PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static int status(PackagedNode node, ConsoleVisitor visitor) {
        return visitor.twinAt(node.httpPort()).open(PAGE).status();
    }

    private static void signOut(ConsoleVisitor visitor) {
        visitor.post("/logout", "application/x-www-form-urlencoded", HttpRequest.BodyPublishers.noBody());
    }

    private static Duration timed(Supplier<Integer> request) {
        long began = System.nanoTime();
        assertThat(request.get()).isIn(200, 303);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** The longest of the requests that somebody makes at a node, one after the other, until it is over. */
    private static CompletableFuture<Duration> longest(AtomicBoolean over, Supplier<Integer> request) {
        return CompletableFuture.supplyAsync(() -> {
            Duration longest = Duration.ZERO;
            while (!over.get()) {
                Duration took = timed(request);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
            return longest;
        });
    }

    @Test
    @Order(1)
    void whatIsInTheOthersSliceShouldBeWorkedOnAtOnce() throws IOException {
        median("warm");
        medianWithGrid = median("grid");

        assertThat(medianWithGrid).isLessThan(1000);
    }

    /** The counter beside it, by which the nodes know whose copy is the latest, is no secret: the container sends it as it was asked. */
    @Test
    @Order(2)
    void cookieOfASessionInTheGridShouldBeSentByHttpsOnly() {
        ConsoleVisitor visitor = new ConsoleVisitor(first.httpPort());
        ConsoleVisitor.Form form =
                visitor.form("/login", "login").fill("name", PackagedNode.USER).fill("password", PackagedNode.PASSWORD);

        List<String> cookies =
                new ArrayList<>(visitor.send(form, "submit").headers().allValues("Set-Cookie"));
        cookies.addAll(visitor.open(PAGE).headers().allValues("Set-Cookie"));

        assertThat(cookies)
                .anyMatch(cookie -> cookie.startsWith("posthorn="))
                .anyMatch(cookie -> cookie.startsWith("JSESSIONIDVERSION="))
                .allSatisfy(
                        cookie -> assertThat(cookie.toLowerCase(Locale.ROOT)).contains("; httponly", "; samesite=lax"))
                .filteredOn(cookie -> cookie.startsWith("posthorn="))
                .allMatch(cookie -> cookie.contains("; Secure"));
    }

    @Test
    @Order(3)
    void requestsAndPostsShouldGoOnInTheMomentsOfTheCut() throws IOException {
        before = visitor(first);
        leaver = visitor(first);
        leaversTwin = leaver.twinAt(second.httpPort());
        List<ConsoleVisitor> many = new ArrayList<>();
        for (int i = 0; i < 8; i++) { // of each node some that lie in the other's part of the grid
            many.add(visitor(site.nodes().get(i % 2)));
        }
        for (PackagedNode node : site.nodes()) {
            many.forEach(one -> assertThat(status(node, one)).isEqualTo(200));
            assertThat(status(node, before)).isEqualTo(200);
            assertThat(status(node, leaver)).isEqualTo(200);
        }

        relays.forEach(TcpRelay::cut);

        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Duration>> readers = new ArrayList<>();
        List<String> posts = new ArrayList<>();
        try {
            for (PackagedNode node : site.nodes()) {
                many.forEach(one -> readers.add(longest(over, () -> status(node, one))));
                readers.add(longest(
                        over,
                        () -> new ConsoleVisitor(node.httpPort()).open("/login").status()));
            }
            for (int i = 0; i < 10; i++) {
                posts.add(post(site.nodes().get(i % 2)));
            }
            posts.forEach(GridCutE2E::assertArrivesOnce);
            assertThat(isMembers(1)).isTrue();
            posts.add(post(first));
            posts.add(post(second));
        } finally {
            over.set(true);
        }
        posts.forEach(GridCutE2E::assertArrivesOnce);
        List<Duration> longest =
                readers.stream().map(CompletableFuture::join).sorted().toList();
        System.out.println("longest requests during the cut: " + longest);
        assertThat(longest).allSatisfy(took -> assertThat(took).isLessThan(LONGEST_REQUEST));
    }

    @Test
    @Order(4)
    void sessionsShouldGoOnWhereTheyAreAndNewOnesBegin() {
        assertThat(status(first, before)).isEqualTo(200);

        ConsoleVisitor fresh = visitor(second);
        assertThat(status(second, fresh)).isEqualTo(200);
        assertThat(status(first, fresh)).as("not told of").isEqualTo(303);

        signOut(leaver);
        assertThat(status(first, leaversTwin)).isEqualTo(303);
    }

    @Test
    @Order(5)
    void whatIsInTheOthersSliceShouldBeFoundWithoutBeingTold() throws IOException {
        long median = median("cut");

        assertThat(median).isGreaterThan(medianWithGrid).isLessThan(5000);
    }

    @Test
    @Order(6)
    void gridShouldGrowTogetherAgain() throws IOException {
        long heard = heard(first);
        long heardBySecond = heard(second);

        relays.forEach(TcpRelay::heal);

        assertThat(isMembers(2)).as(first.log() + second.log()).isTrue();
        long median = median("healed");
        assertThat(heard(first)).isGreaterThan(heard);
        assertThat(heard(second)).isGreaterThan(heardBySecond);
        assertThat(median).isLessThan(1000);
    }

    private static long heard(PackagedNode node) {
        return metric(node, "grid_wake_ups_total{outcome=\"heard\"}");
    }

    @Test
    @Order(7)
    void sessionsShouldBeSharedAgainAndThoseThatEndedStayEnded() {
        ConsoleVisitor fresh = visitor(second);
        assertThat(Eventually.holds(SOON, () -> status(first, fresh) == 200))
                .as(() -> "known to the other, too\n" + first.log() + "\n====\n" + second.log())
                .isTrue();
        assertThat(status(second, fresh)).isEqualTo(200);
        assertThat(status(first, before)).isEqualTo(200);

        signOut(fresh);

        for (PackagedNode node : site.nodes()) {
            assertThat(Eventually.holds(SOON, () -> status(node, fresh) == 303)).isTrue();
            assertThat(Eventually.holds(SOON, () -> status(node, leaversTwin) == 303))
                    .as("who signed out during the cut, at %s", node.name())
                    .isTrue();
        }
    }
}
