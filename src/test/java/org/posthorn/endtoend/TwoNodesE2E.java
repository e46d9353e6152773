package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.Faketime;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.Mailsink;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;

/**
 * Two nodes over one PostgreSQL, without the data grid, the clock of one an hour behind and that of the other an hour ahead:
 * what holds here holds for nodes whose clocks are right.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoNodesE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofSeconds(180);
    private static final int CONNECTIONS = 4;
    private static final int REPEAT_BOUND = 100;
    private static final int MANY = 6_000;
    private static final String SMALL = "small@two.example.org";
    private static final String LARGE = "large@two.example.org";
    private static final String POSTER = "poster@example.com";
    private static final List<String> FEW = List.of("ann@example.com", "bob@example.net", POSTER);

    @TempDir
    static Path folder;

    private static Mailsink sink;
    private static PackagedSite site;
    private static PackagedNode behind;
    private static PackagedNode ahead;

    @BeforeAll
    static void start() {
        sink = Mailsink.start("--data-delay", "4");
        site = PackagedSite.of(
                folder,
                Map.of(
                        "POSTHORN_SMARTHOSTS",
                        "smtp://127.0.0.1:" + sink.port() + "?name=sink&connections=" + CONNECTIONS),
                "behind",
                "ahead");
        behind = Faketime.shifted(site.node("behind"), "-1h");
        ahead = Faketime.shifted(site.node("ahead"), "+1h");
        site.start();
        behind.makeList(SMALL, FEW);
        String large = behind.makeList(
                LARGE,
                IntStream.range(0, MANY)
                        .mapToObj(i -> i == 0 ? POSTER : "m" + i + "@d" + i % 97 + ".example.com")
                        .toList());
        assertThat(behind.patch("/3.1/lists/" + large + "/config", "{\"personalize\": \"individual\"}")
                        .status())
                .isEqualTo(204);
        assertThat(Eventually.holds(SOON, TwoNodesE2E::areSharedOut))
                .as("each has its share")
                .isTrue();
    }

    /** Two nodes of the same weight: each has a quarter of the slices at least, and none changes hands any more. */
    private static boolean areSharedOut() {
        List<String> owners = owners(ahead);
        return Stream.of("behind", "ahead").allMatch(node -> Collections.frequency(owners, node) >= owners.size() / 4)
                && !Eventually.holds(Duration.ofSeconds(3), () -> !owners(ahead).equals(owners));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        site.close();
        sink.close();
    }

    private static JsonArray array(PackagedNode node, String path) {
        try (JsonReader reader =
                Json.createReader(new StringReader(node.get(path).body()))) {
            return reader.readArray();
        }
    }

    /** Slices of all queues, with who has them. */
    private static Map<String, JsonObject> slices(PackagedNode asked) {
        Map<String, JsonObject> slices = new TreeMap<>();
        for (JsonValue queue : array(asked, "/api/queues")) {
            String name = queue.asJsonObject().getString("queue");
            queue.asJsonObject()
                    .getJsonArray("slices")
                    .forEach(slice ->
                            slices.put(name + "/" + slice.asJsonObject().getInt("slice"), slice.asJsonObject()));
        }
        return slices;
    }

    private static List<String> owners(PackagedNode asked) {
        return slices(asked).values().stream()
                .map(slice -> slice.getString("node", "nobody"))
                .toList();
    }

    private static Map<String, Integer> epochs(PackagedNode asked) {
        return slices(asked).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, slice -> slice.getValue().getInt("epoch")));
    }

    private static boolean isEverythingDone(PackagedNode asked) {
        return array(asked, "/api/queues").stream()
                .allMatch(queue -> queue.asJsonObject().getInt("entries") == 0);
    }

    private static String post(PackagedNode node, String list) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(node.deliver(
                        POSTER, List.of(list), PackagedNode.message(POSTER, list, "from " + node.name(), messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        return messageId;
    }

    /** How often each recipient has each of these messages. */
    private static Map<String, Integer> copies(Set<String> messageIds) {
        Map<String, Integer> copies = new HashMap<>();
        for (Mailsink.Copy copy : sink.copies()) {
            if (messageIds.contains(copy.messageId())) {
                copies.merge(copy.messageId() + " " + copy.recipient(), 1, Integer::sum);
            }
        }
        return copies;
    }

    private static int repeats(Map<String, Integer> copies) {
        return copies.values().stream().mapToInt(Integer::intValue).sum() - copies.size();
    }

    @Test
    @Order(1)
    void clocksThatAreWrongChangeNothing() throws IOException {
        Map<String, Integer> epochs = epochs(ahead);
        Instant before = Instant.now();
        Set<String> posts = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            posts.add(post(i % 2 == 0 ? ahead : behind, SMALL));
        }
        assertThat(Eventually.holds(SOON, () -> copies(posts).size() == 10 * FEW.size()))
                .as(
                        "an entry that one has made is due on the other; %s",
                        posts.stream().map(behind::trace).toList())
                .isTrue();
        assertThat(repeats(copies(posts))).isZero();
        assertThat(Eventually.holds(SOON, () -> isEverythingDone(ahead))).isTrue();
        for (String post : posts) {
            assertThat(behind.trace(post).getJsonArray("events"))
                    .allSatisfy(event -> assertThat(
                                    Instant.parse(event.asJsonObject().getString("at")))
                            .isBetween(before.minusSeconds(30), Instant.now().plusSeconds(30)));
        }
        assertThat(epochs(ahead)).as("nobody took a slice from a living node").isEqualTo(epochs);
        assertThat(behind.get("/metrics").body())
                .containsPattern("(?m)^posthorn_clock_off_seconds(\\{[^}]*})? -3(59\\d|60\\d)");
        assertThat(ahead.get("/metrics").body())
                .containsPattern("(?m)^posthorn_clock_off_seconds(\\{[^}]*})? 3(59\\d|60\\d)");
    }

    @Test
    @Order(2)
    void aNodeThatStoodStillGoesOnWithoutItsFormerSlices() throws IOException {
        Set<String> posts = Set.of(post(ahead, LARGE), post(behind, LARGE));
        assertThat(Eventually.holds(LONG, () -> copies(posts).size() > MANY / 5))
                .isTrue();
        behind.pause();
        assertThat(copies(posts).size()).as("in the midst of it").isLessThan(2 * MANY);
        assertThat(Eventually.holds(SOON, () -> Set.copyOf(owners(ahead)).equals(Set.of("ahead"))))
                .as("the other one has its slices")
                .isTrue();
        Map<String, Integer> epochs = epochs(ahead);
        assertThat(Eventually.holds(LONG, () -> copies(posts).size() == 2 * MANY))
                .as("everybody has both posts")
                .isTrue();
        assertThat(Eventually.holds(SOON, () -> isEverythingDone(ahead))).isTrue();
        int before = repeats(copies(posts));

        behind.resume();

        assertThat(Eventually.holds(SOON, () -> new HashSet<>(owners(ahead)).equals(Set.of("behind", "ahead"))))
                .as("it takes its share again, by itself")
                .isTrue();
        int after = repeats(copies(posts));
        assertThat(after).isLessThanOrEqualTo(CONNECTIONS * REPEAT_BOUND);
        // What was being written when it stopped is a transaction a connection at the most.
        assertThat(after - before).as("copies sent after it went on").isLessThanOrEqualTo(CONNECTIONS);
        assertThat(behind.get("/metrics").body()).containsPattern("(?m)^posthorn_lease_lapses_total(\\{[^}]*})? [1-9]");
        for (String post : posts) {
            assertThat(ahead.trace(post).getString("state")).isEqualTo("delivered");
            assertThat(ahead.trace(post).getInt("delivered"))
                    .as("nothing was recorded twice")
                    .isEqualTo(MANY);
        }
        assertThat(epochs(ahead)).as("with new epochs").isNotEqualTo(epochs);
    }

    /** A front MTA's client: hands its posts over one after the other, tries again later, at the other node, what was not taken. */
    private static final class Client implements Runnable {

        private final AtomicBoolean over;
        private final Map<String, String> surprises;
        private final List<String> accepted = Collections.synchronizedList(new ArrayList<>());
        private int turn;

        Client(int number, AtomicBoolean over, Map<String, String> surprises) {
            this.turn = number;
            this.over = over;
            this.surprises = surprises;
        }

        @Override
        public void run() {
            while (!over.get()) {
                String messageId = PackagedNode.newMessageId();
                boolean taken = Eventually.holds(LONG, () -> isTaken(messageId, turn++ % 2 == 0 ? ahead : behind));
                if (!taken) {
                    surprises.put(messageId, "never taken");
                    return;
                }
                accepted.add(messageId);
            }
        }

        private boolean isTaken(String messageId, PackagedNode node) throws IOException {
            String message = PackagedNode.message(POSTER, SMALL, "under load", messageId);
            // Nobody listens while it starts anew: that is what a front MTA has its queue for.
            try (LmtpClient client = new LmtpClient(node.lmtpPort())) {
                List<String> said = new ArrayList<>(List.of(client.greeting()));
                converse(client, message, said);
                String last = said.get(said.size() - 1);
                if (!last.matches("(?s)[24].*")) {
                    surprises.put(messageId, said.toString());
                }
                return said.size() == 6 && last.startsWith("250");
            }
        }

        /** A connection that was greeted and ends without a word is a surprise, too. */
        private void converse(LmtpClient client, String message, List<String> said) {
            for (String line : new String[] {
                "LHLO client.example", "MAIL FROM:<" + POSTER + ">", "RCPT TO:<" + SMALL + ">", "DATA", message + "."
            }) {
                if (!said.get(said.size() - 1).matches("(?s)[23].*")) {
                    return;
                }
                try {
                    said.add(client.say(line + "\r\n"));
                } catch (IOException e) {
                    said.add("no answer: " + e.getMessage());
                }
            }
        }
    }

    @Test
    @Order(3)
    void aRollingRestartUnderLoadLosesAndRepeatsNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Map<String, String> surprises = new ConcurrentHashMap<>();
        List<Client> clients = IntStream.range(0, 3)
                .mapToObj(number -> new Client(number, over, surprises))
                .toList();
        List<CompletableFuture<Void>> running =
                clients.stream().map(CompletableFuture::runAsync).toList();
        Set<String> large = new HashSet<>();
        try {
            for (PackagedNode node : List.of(behind, ahead)) {
                large.add(post(node, LARGE));
                int before = (large.size() - 1) * MANY;
                assertThat(Eventually.holds(LONG, () -> copies(large).size() > before + MANY / 10))
                        .isTrue();
                assertThat(copies(large).size()).as("in the midst of it").isLessThan(before + MANY);
                node.terminate();
                node.start();
                assertThat(Eventually.holds(SOON, TwoNodesE2E::areSharedOut)).isTrue();
            }
        } finally {
            over.set(true);
        }
        for (CompletableFuture<Void> client : running) {
            client.join();
        }
        assertThat(surprises).isEmpty();
        Set<String> accepted =
                clients.stream().flatMap(client -> client.accepted.stream()).collect(Collectors.toSet());
        assertThat(accepted).hasSizeGreaterThan(20);
        assertThat(Eventually.holds(LONG, () -> copies(accepted).size() == accepted.size() * FEW.size()))
                .as("every accepted post reached everybody")
                .isTrue();
        assertThat(Eventually.holds(LONG, () -> copies(large).size() == 2 * MANY))
                .as("the large ones, too")
                .isTrue();
        assertThat(Eventually.holds(LONG, () -> isEverythingDone(ahead))).isTrue();
        assertThat(repeats(copies(accepted))).as("repeats of small posts").isZero();
        assertThat(repeats(copies(large))).as("repeats of large posts").isZero();
    }
}
