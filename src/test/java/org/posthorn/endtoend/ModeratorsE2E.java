package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/** Moderators who decide at once, each on a node of their own, over one PostgreSQL. */
class ModeratorsE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String STRANGER = "stranger@example.net";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedSite site;
    private static Rest ann;
    private static Rest bob;

    private final String name = "list" + NUMBER.incrementAndGet();
    private String listId;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        site = PackagedSite.of(folder, Map.of("POSTHORN_SMARTHOSTS", sink.url()), "one", "two");
        site.start();
        ann = account("ann", site.node("one"));
        bob = account("bob", site.node("two"));
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
        sink.close();
    }

    private static Rest account(String user, PackagedNode node) {
        Rest admin =
                new Rest("http://localhost:" + site.node("one").httpPort(), PackagedNode.USER, PackagedNode.PASSWORD);
        Answer made = admin.form(
                "POST", "/api/accounts", "name", user, "scopes", "read,moderation", "password", user + "-password");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return new Rest("http://localhost:" + node.httpPort(), user, user + "-password");
    }

    /** @return the Message-ID */
    private String aHeldPost(String from) throws IOException {
        String address = name + "@two.example.org";
        if (listId == null) {
            listId = site.node("one").makeList(address, List.of("member@example.com"));
        }
        String messageId = PackagedNode.newMessageId();
        assertThat(site.node("one")
                        .deliver(from, List.of(address), PackagedNode.message(from, address, "Comet", messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        assertThat(site.node("one").awaitState(messageId, "held", SOON)).isTrue();
        return messageId;
    }

    private String request(String messageId) {
        return ann.get("/3.1/lists/" + listId + "/held").entries().stream()
                .filter(entry -> entry.getString("message_id").equals(messageId))
                .map(entry -> Integer.toString(entry.getInt("request_id")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Answer> together(List<Callable<Answer>> requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(requests.size());
        List<Callable<Answer>> waiting = new ArrayList<>();
        for (Callable<Answer> request : requests) {
            waiting.add(() -> {
                start.await(30, TimeUnit.SECONDS);
                return request.call();
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(requests.size());
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> each : threads.invokeAll(waiting, 60, TimeUnit.SECONDS)) {
                answers.add(each.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> decisions(String messageId) {
        return site.node("one").trace(messageId).getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("event"))
                .filter(List.of("accepted", "rejected", "discarded")::contains)
                .toList();
    }

    @Test
    void ofTwoModeratorsOnTwoNodesOneShouldDecideAndTheOtherBeToldWhoWasFirst() throws Exception {
        for (int round = 0; round < 6; round++) {
            String messageId = aHeldPost(STRANGER);
            String path = "/3.1/lists/" + listId + "/held/" + request(messageId);

            List<Answer> answers = together(List.of(
                    () -> ann.form("POST", path, "action", "accept"),
                    () -> bob.form("POST", path, "action", "discard", "always", "ban", "preserve", "true")));

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(204, 404);
            boolean ofAnn = answers.get(0).status() == 204;
            assertThat(answers.get(ofAnn ? 1 : 0).description())
                    .startsWith(ofAnn ? "It was accepted by ann at " : "It was discarded by bob at ");
            assertThat(decisions(messageId)).containsExactly(ofAnn ? "accepted" : "discarded");
            assertThat(ann.get("/3.1/lists/" + listId + "/bans").entries())
                    .as("the second changes nothing about the sender")
                    .hasSize(ofAnn ? 0 : 1);
            if (!ofAnn) {
                Rest admin = new Rest(
                        "http://localhost:" + site.node("one").httpPort(), PackagedNode.USER, PackagedNode.PASSWORD);
                assertThat(admin.send("DELETE", "/3.1/lists/" + listId + "/bans/" + STRANGER)
                                .status())
                        .isEqualTo(204);
            }
        }
    }

    @Test
    void severalPostsShouldBeDecidedAboutAtOnceWithWhatCameOfEach() throws Exception {
        String first = aHeldPost(STRANGER);
        String second = aHeldPost(STRANGER);
        String third = aHeldPost("other@example.net");
        String decided = request(second);
        assertThat(bob.form("POST", "/3.1/lists/" + listId + "/held/" + decided, "action", "discard")
                        .status())
                .isEqualTo(204);

        Answer answer = ann.json(
                "POST",
                "/api/lists/" + listId + "/held",
                "{\"action\": \"reject\", \"comment\": \"Not here\", \"always\": \"hold\", \"request_id\": ["
                        + String.join(",", request(first), decided, request(third), "999999") + "]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        List<JsonObject> results = answer.json().getJsonArray("results").getValuesAs(JsonObject.class);
        assertThat(results)
                .extracting(result -> result.getString("result"))
                .containsExactly("done", "decided-before", "done", "unknown");
        assertThat(results.get(1).getString("by")).isEqualTo("bob");
        assertThat(results.get(1).getString("event")).isEqualTo("discarded");
        assertThat(decisions(first)).containsExactly("rejected");
        assertThat(decisions(second)).containsExactly("discarded");
        assertThat(ann.get("/3.1/lists/" + listId + "/roster/nonmember").entries())
                .extracting(member -> member.getString("email") + " " + member.getString("moderation_action"))
                .containsExactlyInAnyOrder(STRANGER + " hold", "other@example.net hold");
    }

    @Test
    void twoBulkRequestsForTheSamePostsShouldDecideEachOnce() throws Exception {
        List<String> messageIds = new ArrayList<>();
        List<String> fields = new ArrayList<>(List.of("action", "ACTION"));
        for (int i = 0; i < 12; i++) {
            messageIds.add(aHeldPost("s" + i + "@example.net"));
            fields.add("request_id");
            fields.add(request(messageIds.get(i)));
        }
        String path = "/api/lists/" + listId + "/held";

        List<Answer> answers = together(List.of(
                () -> ann.form("POST", path, with(fields, "accept")),
                () -> bob.form("POST", path, with(fields, "discard"))));

        List<String> results = new ArrayList<>();
        for (Answer answer : answers) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            answer.json()
                    .getJsonArray("results")
                    .getValuesAs(JsonObject.class)
                    .forEach(result -> results.add(result.getString("result")));
        }
        assertThat(results).filteredOn("done"::equals).hasSize(12);
        assertThat(results).filteredOn("decided-before"::equals).hasSize(12);
        for (String messageId : messageIds) {
            assertThat(decisions(messageId)).as(messageId).hasSize(1);
        }
    }

    @Test
    void moderatorsShouldBeRemindedOnceHoweverManyNodesDoIt() throws Exception {
        aHeldPost(STRANGER);
        String moderator = "reminded@example.com";
        Rest one = admin("one");
        Rest two = admin("two");
        assertThat(one.form(
                                "POST",
                                "/3.1/members",
                                "list_id",
                                listId,
                                "subscriber",
                                moderator,
                                "role",
                                "moderator",
                                "pre_verified",
                                "true",
                                "pre_confirmed",
                                "true",
                                "pre_approved",
                                "true")
                        .status())
                .isEqualTo(201);

        List<Answer> answers =
                together(List.of(() -> one.form("POST", "/api/reminders"), () -> two.form("POST", "/api/reminders")));

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(two.form("POST", "/api/reminders").json().getInt("lists")).isZero();
        assertThat(ann.form("POST", "/api/reminders").status()).isEqualTo(403);
        assertThat(Eventually.holds(SOON, () -> reminders(moderator) > 0)).isTrue();
        // What is sent behind a second reminder has come: so would that have.
        String later = aHeldPost(STRANGER);
        assertThat(ann.form("POST", "/3.1/lists/" + listId + "/held/" + request(later), "action", "accept")
                        .status())
                .isEqualTo(204);
        assertThat(site.node("one").awaitState(later, "delivered", SOON)).isTrue();
        assertThat(reminders(moderator)).isEqualTo(1);
    }

    private static Rest admin(String node) {
        return new Rest("http://localhost:" + site.node(node).httpPort(), PackagedNode.USER, PackagedNode.PASSWORD);
    }

    private static long reminders(String moderator) {
        return sink.received().stream()
                .filter(copy -> copy.recipients().contains(moderator))
                .filter(copy -> copy.header("Subject").orElse("").contains("waiting for a moderator"))
                .count();
    }

    private static String[] with(List<String> fields, String action) {
        return fields.stream()
                .map(field -> field.equals("ACTION") ? action : field)
                .toArray(String[]::new);
    }

    @Test
    void whatCannotBeUnderstoodShouldDecideAboutNothing() throws Exception {
        String messageId = aHeldPost(STRANGER);
        String path = "/api/lists/" + listId + "/held";
        String request = request(messageId);
        for (String[] wrong : List.of(
                new String[] {"action", "discard"},
                new String[] {"action", "discard", "request_id", "x"},
                new String[] {"action", "bogus", "request_id", request},
                new String[] {"action", "discard", "request_id", request, "always", "sometimes"},
                new String[] {"action", "discard", "request_id", request, "forward", "nobody"},
                new String[] {"action", "discard", "request_id", request, "preserve", "perhaps"})) {
            assertThat(ann.form("POST", path, wrong).status())
                    .as(String.join(" ", wrong))
                    .isEqualTo(400);
        }
        assertThat(ann.form("POST", "/api/lists/none.example.com/held", "action", "accept", "request_id", request)
                        .status())
                .isEqualTo(404);
        assertThat(request(messageId)).isEqualTo(request);
    }
}
