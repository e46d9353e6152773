package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.Mailsink;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;

/** What {@code /api} has for those who run a site: its queues, nodes, smarthosts, messages, accounts, log of changes. */
class RestSiteE2E {

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String NEXT_YEAR = "2099-01-31T00:00:00Z";

    @TempDir
    static Path folder;

    private static SampleSite site;
    private static PackagedNode node;
    private static Rest rest;

    @BeforeAll
    static void startSite() throws IOException {
        site = new SampleSite(folder);
        node = site.node();
        rest = as(PackagedNode.USER, PackagedNode.PASSWORD);
        node.makeList("dev@lists.example.org", List.of("ann@example.com", "poster@example.com"));
        node.makeList("closed@lists.example.org", List.of("carl@example.com"));
    }

    @AfterAll
    static void stopSite() throws Exception {
        site.close();
    }

    private static Rest as(String user, String password) {
        return new Rest("http://127.0.0.1:" + node.httpPort(), user, password);
    }

    private static Rest reader() {
        return as("reports", "report-password");
    }

    private static List<JsonObject> array(String path) {
        Answer answer = rest.get(path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    private static JsonObject named(String path, String field, String name) {
        return array(path).stream()
                .filter(one -> one.getString(field).equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + path));
    }

    private static JsonObject queue(String name) {
        return named("/api/queues", "queue", name);
    }

    private static void refused(Answer answer, int status, String... words) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json().getString("title")).isNotBlank();
        assertThat(List.of(words))
                .allSatisfy(
                        word -> assertThat(answer.json().getString("detail")).contains(word));
    }

    // --- queues, nodes

    @Test
    void queueShouldBeCutAnewAndGetItsShareOfTheNode() {
        assertThat(queue("digest").getJsonArray("slices")).hasSize(4);

        assertThat(rest.json("PATCH", "/api/queues/digest", "{\"slices\": 3, \"threads\": 2, \"priority\": 9}")
                        .status())
                .isEqualTo(204);

        assertThat(queue("digest").getInt("threads")).isEqualTo(2);
        assertThat(queue("digest").getInt("priority")).isEqualTo(9);
        assertThat(Eventually.holds(SOON, () -> owners("digest").equals(List.of("anna", "anna", "anna"))))
                .as(queue("digest").toString())
                .isTrue();
        assertThat(queue("digest").getJsonArray("slices").getJsonObject(2).getString("to"))
                .isEqualTo("7fffffffffffffff");

        assertThat(rest.form("PATCH", "/api/queues/digest", "threads", "1").status())
                .isEqualTo(204);
        assertThat(queue("digest").getInt("threads")).isEqualTo(1);
        assertThat(queue("digest").getInt("priority")).as("stays").isEqualTo(9);
    }

    private static List<String> owners(String queue) {
        return queue(queue).getJsonArray("slices").getValuesAs(JsonObject.class).stream()
                .map(slice -> slice.isNull("node") ? "" : slice.getString("node"))
                .toList();
    }

    @Test
    void changeOfAQueueThatCannotBeShouldBeRefusedAndChangeNothing() {
        JsonObject before = queue("news");

        refused(rest.form("PATCH", "/api/queues/nosuch", "threads", "2"), 404, "no such queue");
        refused(rest.form("PATCH", "/api/queues/shunt", "slices", "2"), 400, "no slices");
        refused(rest.form("PATCH", "/api/queues/news", "slices", "0"), 400, "slices");
        refused(rest.form("PATCH", "/api/queues/news", "slices", "2", "threads", "65"), 400, "threads");
        refused(rest.form("PATCH", "/api/queues/news", "priority", "ten"), 400, "priority");
        refused(rest.form("PATCH", "/api/queues/news", "colour", "blue"), 400, "colour");
        refused(reader().form("PATCH", "/api/queues/news", "threads", "2"), 403);

        assertThat(queue("news").getInt("threads")).isEqualTo(before.getInt("threads"));
        assertThat(queue("news").getInt("priority")).isEqualTo(before.getInt("priority"));
        assertThat(queue("news").getJsonArray("slices"))
                .hasSize(before.getJsonArray("slices").size());
    }

    @Test
    void drainedNodeShouldGiveUpItsSlicesUntilItIsToldOtherwise() {
        JsonObject anna = named("/api/nodes", "name", "anna");
        assertThat(anna.getInt("weight")).isEqualTo(1);
        assertThat(anna.getBoolean("draining")).isFalse();
        assertThat(anna.getString("started_at")).startsWith("20");

        refused(rest.form("PATCH", "/api/nodes/nobody", "draining", "true"), 404, "no such node");
        refused(rest.form("PATCH", "/api/nodes/anna"), 400, "draining");
        refused(rest.form("PATCH", "/api/nodes/anna", "draining", "perhaps"), 400, "draining");
        refused(reader().form("PATCH", "/api/nodes/anna", "draining", "true"), 403);
        assertThat(rest.form("PATCH", "/api/nodes/anna", "draining", "true").status())
                .isEqualTo(204);
        try {
            assertThat(named("/api/nodes", "name", "anna").getBoolean("draining"))
                    .isTrue();
            assertThat(Eventually.holds(SOON, () -> held() == 0)).as(node.log()).isTrue();
        } finally {
            rest.json("PATCH", "/api/nodes/anna", "{\"draining\": false}");
        }
        assertThat(named("/api/nodes", "name", "anna").getBoolean("draining")).isFalse();
        assertThat(Eventually.holds(SOON, () -> held() > 0)).as(node.log()).isTrue();
    }

    private static int held() {
        return named("/api/nodes", "name", "anna").getInt("slices");
    }

    // --- shunt, bad

    @Test
    void shuntedEntryShouldBeReadAndPutBackToBeDelivered() {
        long entry = site.shunted("IN", "a disk that was full", "poster@example.com", "Once more");
        String path = "/api/queues/shunt/entries/" + entry;
        assertThat(node.trace(SampleSite.parkedId(entry)).getString("state")).isEqualTo("shunted");

        JsonObject shown = rest.get(path).json();

        assertThat(shown.getJsonNumber("id").longValue()).isEqualTo(entry);
        assertThat(shown.getString("queue")).isEqualTo("shunt");
        assertThat(shown.getString("origin")).isEqualTo("in");
        assertThat(shown.getString("error")).isEqualTo("a disk that was full");
        assertThat(shown.getInt("tries")).isEqualTo(2);
        assertThat(shown.getString("received")).startsWith("20");
        refused(reader().form("POST", path + "/unshunt"), 403);
        assertThat(site.isParked(entry)).isTrue();

        assertThat(rest.form("POST", path + "/unshunt").status()).isEqualTo(204);

        assertThat(node.awaitState(SampleSite.parkedId(entry), "delivered", SOON))
                .as(node.trace(SampleSite.parkedId(entry)).toString())
                .isTrue();
        refused(rest.form("POST", path + "/unshunt"), 404, "no such entry");
        refused(rest.get(path), 404, "no such entry");
    }

    @Test
    void badEntryShouldBeDiscardedAndOneWithoutOriginNotPutBack() {
        long entry = site.parked("BAD", null, "no header field", "unknown@example.net", "");
        String path = "/api/queues/bad/entries/" + entry;
        assertThat(node.trace(SampleSite.parkedId(entry)).getString("state")).isEqualTo("bad");
        assertThat(rest.get(path).json()).doesNotContainKey("origin");

        refused(rest.get("/api/queues/shunt/entries/" + entry), 404);
        refused(rest.get("/api/queues/bad/entries/x"), 404);
        refused(rest.form("POST", path + "/unshunt"), 409, "cannot be put back");
        refused(reader().send("DELETE", path), 403);
        assertThat(site.isParked(entry)).isTrue();

        assertThat(rest.send("DELETE", path).status()).isEqualTo(204);

        assertThat(site.isParked(entry)).isFalse();
        assertThat(node.trace(SampleSite.parkedId(entry)).getString("state")).isEqualTo("discarded");
        refused(rest.send("DELETE", path), 404, "no such entry");
    }

    @Test
    void parkedEntriesShouldComeByPages() {
        List<Long> made = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            made.add(site.shunted("OUT", "error " + i, "ann@example.com", "Page " + i));
        }
        List<Long> found = new ArrayList<>();

        int page = 1;
        for (List<JsonObject> some = page(page); !some.isEmpty(); some = page(++page)) {
            assertThat(some).hasSizeLessThanOrEqualTo(2);
            some.forEach(entry -> found.add(entry.getJsonNumber("id").longValue()));
        }

        assertThat(found).doesNotHaveDuplicates().containsAll(made);
        refused(rest.get("/api/queues/shunt/entries?count=201"), 400, "count");
        assertThat(rest.get("/api/queues/out/entries").status())
                .as("only what nobody works on")
                .isEqualTo(404);
        made.forEach(entry -> rest.send("DELETE", "/api/queues/shunt/entries/" + entry));
    }

    private static List<JsonObject> page(int number) {
        return array("/api/queues/shunt/entries?count=2&page=" + number);
    }

    // --- messages

    private static final String POSTED = "/api/messages?message_id=";

    @Test
    void messageToSeveralListsShouldBeToldInSumsAndListByList() throws IOException {
        String id = PackagedNode.newMessageId();
        node.deliver(
                "poster@example.com",
                List.of("dev@lists.example.org", "closed@lists.example.org"),
                PackagedNode.message("poster@example.com", "dev@lists.example.org", "To two", id));
        String query = POSTED + Rest.quoted(id);
        assertThat(Eventually.holds(
                        SOON,
                        () -> state(query + "&list=dev.lists.example.org").equals("delivered")
                                && state(query + "&list=closed@lists.example.org")
                                        .equals("held")))
                .as(rest.get(query).body())
                .isTrue();

        JsonObject both = rest.get(query).json();

        assertThat(both.getString("message_id")).isEqualTo(id);
        assertThat(both.getString("state")).as("the most urgent").isEqualTo("held");
        assertThat(both.getInt("recipients")).isEqualTo(2);
        assertThat(both.getInt("delivered")).isEqualTo(2);
        assertThat(both.getInt("failed")).isZero();
        assertThat(both.getInt("waiting")).isZero();
        assertThat(both.getJsonArray("posts").getValuesAs(JsonObject.class))
                .extracting(post -> post.getString("list") + " " + post.getString("state") + " "
                        + post.getInt("recipients") + " " + post.getInt("delivered"))
                .containsExactlyInAnyOrder("dev.lists.example.org delivered 2 2", "closed.lists.example.org held 0 0");
        JsonObject one = rest.get(query + "&list=dev.lists.example.org").json();
        assertThat(one).doesNotContainKey("posts");
        assertThat(events(one)).contains("fanned-out").doesNotContain("held");
        refused(rest.get(query + "&list=nosuch.example.org"), 404);

        JsonObject ann = rest.get(query + "&recipient=ANN@example.com").json();
        assertThat(ann.getString("recipient")).isEqualTo("ANN@example.com");
        assertThat(ann.getJsonArray("fates").getValuesAs(JsonObject.class))
                .singleElement()
                .satisfies(fate -> {
                    assertThat(fate.getString("outcome")).isEqualTo("delivered");
                    assertThat(fate.getString("smarthost")).isEqualTo("relay-a");
                    assertThat(fate.getInt("code")).isEqualTo(250);
                    assertThat(fate.getString("reply")).contains("2.0.0 Ok");
                });
        assertThat(rest.get(query + "&recipient=carl@example.com").json().getJsonArray("fates"))
                .isEmpty();
    }

    private static String state(String query) {
        return rest.get(query).json().getString("state", "");
    }

    private static List<String> events(JsonObject report) {
        return report.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("event"))
                .toList();
    }

    @Test
    void eventsOfAMessageShouldComeByPagesInOrder() throws IOException {
        String id = PackagedNode.newMessageId();
        node.deliver(
                "poster@example.com",
                List.of("dev@lists.example.org"),
                PackagedNode.message("poster@example.com", "dev@lists.example.org", "Paged", id));
        assertThat(node.awaitState(id, "delivered", SOON)).as(node.log()).isTrue();
        String query = POSTED + Rest.quoted(id.substring(1, id.length() - 1));
        List<String> all = events(rest.get(query).json());
        assertThat(all).hasSizeGreaterThan(2);

        List<String> paged = new ArrayList<>();
        for (int page = 1; page <= all.size(); page++) {
            JsonArray events = rest.get(query + "&count=1&page=" + page).json().getJsonArray("events");
            assertThat(events).hasSize(1);
            assertThat(events.getJsonObject(0).getString("node")).isEqualTo("anna");
            paged.add(events.getJsonObject(0).getString("event"));
        }

        assertThat(paged).isEqualTo(all);
        assertThat(events(rest.get(query + "&count=1&page=" + (all.size() + 1)).json()))
                .isEmpty();
        refused(rest.get(query + "&count=1001"), 400, "count");
        refused(rest.get("/api/messages"), 400, "message_id");
        refused(rest.get(POSTED + "nothing@such.example"), 404, "No such message");
    }

    // --- accounts, smarthosts, settings, log of changes

    @Test
    void accountShouldBeShownWithoutItsSecretAndGoneOnceRevoked() {
        Answer made =
                rest.form("POST", "/api/accounts", "name", "crm", "scopes", "read,members", "expires_at", NEXT_YEAR);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String token = made.json().getString("token");
        assertThat(made.header("Location").orElse("")).endsWith("/api/accounts/crm");

        Answer shown = rest.get("/api/accounts/crm");

        assertThat(shown.body()).doesNotContain(token).doesNotContain("password");
        assertThat(shown.json().getString("name")).isEqualTo("crm");
        assertThat(shown.json().getJsonArray("scopes")).hasToString("[\"read\",\"members\"]");
        assertThat(shown.json().getString("expires_at")).isEqualTo(NEXT_YEAR);
        assertThat(shown.json().getString("created_by")).contains(PackagedNode.USER);
        assertThat(shown.json().getBoolean("from_setting")).isFalse();
        assertThat(rest.get("/api/accounts/reports").json().getBoolean("from_setting"))
                .isTrue();
        assertThat(array("/api/accounts"))
                .extracting(account -> account.getString("name"))
                .contains("crm", "reports");
        refused(rest.get("/api/accounts/nobody"), 404, "no such account");
        refused(rest.form("POST", "/api/accounts", "name", "odd", "scopes", "everything"), 400, "scopes");
        refused(
                rest.form("POST", "/api/accounts", "name", "odd", "scopes", "read", "expires_at", "soon"),
                400,
                "expires_at");
        refused(reader().send("DELETE", "/api/accounts/crm"), 403);

        assertThat(rest.send("DELETE", "/api/accounts/crm").status()).isEqualTo(204);
        refused(rest.get("/api/accounts/crm"), 404);
    }

    @Test
    void smarthostShouldBeFedTestCopiesByThoseWhoRunTheSiteOnly() {
        try (Mailsink sink = Mailsink.start()) {
            String port = Integer.toString(sink.port());
            Answer made = rest.form(
                    "POST", "/api/smarthosts", "name", "fed", "host", "127.0.0.1", "port", port, "enabled", "false");
            assertThat(made.status()).as(made.body()).isEqualTo(201);

            Answer fed = rest.form(
                    "POST", "/api/smarthosts/fed/tune", "to", "sink@example.com", "copies", "20", "connections", "2");

            assertThat(fed.status()).as(fed.body()).isEqualTo(200);
            assertThat(fed.json().getInt("copies")).isEqualTo(20);
            assertThat(fed.json().getJsonObject("offer").getBoolean("pipelining"))
                    .isTrue();
            refused(rest.form("POST", "/api/smarthosts/fed/tune", "copies", "20"), 400, "to");
            refused(
                    rest.form("POST", "/api/smarthosts/fed/tune", "to", "sink@example.com", "copies", "20001"),
                    400,
                    "copies");
            refused(rest.form("POST", "/api/smarthosts/nosuch/tune", "to", "sink@example.com"), 404);
            refused(reader().form("POST", "/api/smarthosts/fed/tune", "to", "sink@example.com"), 403);
            assertThat(rest.send("DELETE", "/api/smarthosts/fed").status()).isEqualTo(204);
            assertThat(sink.stop().copies()).hasSize(20);
        }
    }

    @Test
    void smarthostShouldBeMadeShownChangedAndRemovedAndTellNoPassword() {
        Answer made = rest.json(
                "POST",
                "/api/smarthosts",
                "{\"name\": \"far\", \"host\": \"127.0.0.1\", \"port\": 9, \"role\": \"fallback\", \"domains\": [\"*.fr\"],"
                        + " \"username\": \"posthorn\", \"password\": \"s3cret-of-far\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Location").orElse("")).endsWith("/api/smarthosts/far");

        JsonObject changed = rest.form("PATCH", "/api/smarthosts/far", "weight", "7", "enabled", "false")
                .json();

        assertThat(rest.get("/api/smarthosts/far").json()).isEqualTo(changed);
        assertThat(changed.getInt("weight")).isEqualTo(7);
        assertThat(changed.getBoolean("enabled")).isFalse();
        assertThat(changed.getString("role")).isEqualTo("fallback");
        assertThat(changed.getJsonArray("domains")).hasToString("[\"*.fr\"]");
        assertThat(changed.getString("username")).isEqualTo("posthorn");
        assertThat(rest.get("/api/smarthosts").body()).contains("\"far\"").doesNotContain("s3cret-of-far");
        refused(rest.form("PATCH", "/api/smarthosts/far", "port", "70000"), 400, "port");
        refused(rest.form("POST", "/api/smarthosts", "name", "odd", "host", "x", "colour", "blue"), 400, "colour");
        refused(rest.form("PATCH", "/api/smarthosts/nosuch", "weight", "7"), 404, "no such smarthost");
        refused(reader().send("DELETE", "/api/smarthosts/far"), 403);

        assertThat(rest.send("DELETE", "/api/smarthosts/far").status()).isEqualTo(204);
        refused(rest.get("/api/smarthosts/far"), 404, "no such smarthost");
        refused(rest.send("DELETE", "/api/smarthosts/far"), 404);
    }

    @Test
    void smarthostOutOfItsHoursShouldSaySoAndDeliverNowWhenTold() {
        // Never within its hours at the time of the test: a minute of the weekday four days from now.
        String day = OffsetDateTime.now(ZoneOffset.UTC)
                .plusDays(4)
                .getDayOfWeek()
                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        JsonObject made = rest.json(
                        "POST",
                        "/api/smarthosts",
                        "{\"name\": \"nightly\", \"host\": \"127.0.0.1\", \"port\": 9, \"domains\": [\"*.night.example\"],"
                                + " \"transport\": \"angus\", \"hours\": \"" + day + " 12:00-12:01 UTC\"}")
                .json();
        assertThat(made.getString("transport")).isEqualTo("angus");
        assertThat(made.getBoolean("out_of_hours")).isTrue();
        assertThat(Instant.parse(made.getString("opens"))).isAfter(Instant.now());
        assertThat(made.getString("health")).isEqualTo("up");
        assertThat(made.getString("reason")).isEqualTo("waits for its hours, from " + day + " 12:00");

        JsonObject now = rest.json("POST", "/api/smarthosts/nightly/deliver-now", "{\"minutes\": 90}")
                .json();
        assertThat(now.getBoolean("deliver_now")).isTrue();
        assertThat(Instant.parse(now.getString("deliver_until")))
                .isBetween(Instant.now().plusSeconds(80 * 60), Instant.now().plusSeconds(91 * 60));
        assertThat(now.getBoolean("out_of_hours")).isFalse();
        assertThat(rest.json("POST", "/api/smarthosts/nightly/deliver-now", "{}")
                        .json()
                        .containsKey("deliver_until"))
                .as("until it is switched off")
                .isFalse();
        assertThat(rest.send("DELETE", "/api/smarthosts/nightly/deliver-now")
                        .json()
                        .getBoolean("out_of_hours"))
                .isTrue();

        refused(rest.form("PATCH", "/api/smarthosts/nightly", "hours", "at night"), 400, "at night");
        refused(
                rest.form("POST", "/api/smarthosts/nightly/deliver-now", "until", "2020-01-01T00:00:00Z"),
                400,
                "still to come");
        refused(rest.form("POST", "/api/smarthosts/nightly/deliver-now", "until", "soon"), 400, "soon");
        refused(rest.form("POST", "/api/smarthosts/relay-a/deliver-now", "minutes", "5"), 400, "it has none");
        refused(rest.form("POST", "/api/smarthosts/nosuch/deliver-now", "minutes", "5"), 404, "no such smarthost");
        refused(reader().send("DELETE", "/api/smarthosts/nightly/deliver-now"), 403);
        assertThat(rest.send("DELETE", "/api/smarthosts/nightly").status()).isEqualTo(204);
    }

    @Test
    void mailShouldWaitForItsSmarthostsHoursAndGoWhenItIsToDeliverNow() throws Exception {
        String day = OffsetDateTime.now(ZoneOffset.UTC)
                .plusDays(4)
                .getDayOfWeek()
                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
        rest.json(
                "POST",
                "/api/smarthosts",
                "{\"name\": \"dial-up\", \"host\": \"127.0.0.1\", \"port\": " + site.sinkPort()
                        + ", \"domains\": [\"*.dialup.example\"], \"hours\": \"" + day + " 12:00-12:01 UTC\"}");
        node.makeList("night@lists.example.org", List.of("ann@far.dialup.example", "poster@example.com"));
        String id = "<by-night@mail.example.org>";
        node.deliver(
                "poster@example.com",
                List.of("night@lists.example.org"),
                PackagedNode.message("poster@example.com", "night@lists.example.org", "By night", id));
        assertThat(Eventually.holds(
                        SOON,
                        () -> node.trace(id).getInt("delivered") == 1
                                && node.trace(id).getInt("waiting") == 1))
                .as("the other member has it, this one's waits: " + node.trace(id))
                .isTrue();
        assertThat(node.trace(id).getString("state")).isEqualTo("delivering");
        assertThat(node.trace(id).toString()).contains("1 wait: dial-up: waits for its hours, from " + day + " 12:00");
        assertThat(rest.get("/api/smarthosts/dial-up").json().getString("health"))
                .isEqualTo("up");

        rest.json("POST", "/api/smarthosts/dial-up/deliver-now", "{\"minutes\": 5}");
        assertThat(node.awaitState(id, "delivered", Duration.ofSeconds(20))).isTrue();
        assertThat(node.trace(id).getInt("failed")).isZero();
        assertThat(rest.send("DELETE", "/api/smarthosts/dial-up").status()).isEqualTo(204);
    }

    @Test
    void selectionOfThePoolShouldBeShownAndChanged() {
        assertThat(rest.get("/api/smarthost-selection").json().getString("select"))
                .isEqualTo("hash");
        assertThat(rest.form("PATCH", "/api/smarthost-selection", "select", "sequence")
                        .json()
                        .getString("select"))
                .isEqualTo("sequence");
        refused(rest.form("PATCH", "/api/smarthost-selection", "select", "best"), 400, "hash, sequence, random");
        refused(rest.form("PATCH", "/api/smarthost-selection", "colour", "blue"), 400, "colour");
        assertThat(rest.form("PATCH", "/api/smarthost-selection", "select", "hash")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void settingsAndVersionShouldTellWhatRunsWithoutSecrets() {
        List<JsonObject> settings = array("/api/settings");

        assertThat(settings)
                .anySatisfy(setting -> assertThat(setting.getString("name") + " " + setting.getString("value") + " "
                                + setting.getString("source"))
                        .isEqualTo("POSTHORN_NODE anna environment"));
        assertThat(settings.toString())
                .doesNotContain(PackagedNode.PASSWORD, "rest-password", "report-password", "\"sample\"");
        assertThat(rest.get("/api/version").json().getString("database")).isEqualTo("h2");
        assertThat(rest.get("/api/version").json().getString("node")).isEqualTo("anna");
        assertThat(rest.get("/api/version").json().getString("version")).matches("[0-9]+\\..*");
    }

    @Test
    void logOfChangesShouldBeFilteredAndPaged() {
        String list = node.makeList("logged@lists.example.org", List.of());
        for (String prefix : List.of("[one] ", "[two] ", "[three] ")) {
            rest.form("PATCH", "/3.1/lists/" + list + "/config", "subject_prefix", prefix);
        }
        String query = "/api/audit?list=" + list + "&field=subject_prefix&count=2";

        JsonObject latest = rest.get(query).json();
        JsonObject older =
                rest.get(query + "&before=" + latest.getString("next")).json();

        assertThat(news(latest)).containsExactly("[three] ", "[two] ");
        assertThat(news(older)).containsExactly("[one] ");
        assertThat(older).doesNotContainKey("next");
        JsonObject entry = latest.getJsonArray("entries").getJsonObject(0);
        assertThat(entry.getString("old")).isEqualTo("[two] ");
        assertThat(entry.getString("actor")).isEqualTo(PackagedNode.USER);
        assertThat(entry.getString("via")).isEqualTo("rest");
        assertThat(entry.getString("list")).isEqualTo(list);
        for (String nothing : List.of("&actor=nobody", "&action=erase", "&kind=person", "&since=" + NEXT_YEAR)) {
            assertThat(rest.get(query + nothing).json().getJsonArray("entries"))
                    .as(nothing)
                    .isEmpty();
        }
        assertThat(news(rest.get(query + "&actor=" + PackagedNode.USER + "&action=change&until=" + NEXT_YEAR)
                        .json()))
                .containsExactly("[three] ", "[two] ");
        refused(rest.get("/api/audit?since=yesterday"), 400, "since");
        refused(rest.get("/api/audit?before=x"), 400, "before");
        refused(rest.get("/api/audit?count=501"), 400, "count");
    }

    private static List<String> news(JsonObject page) {
        return page.getJsonArray("entries").getValuesAs(JsonObject.class).stream()
                .map(entry -> entry.getString("new"))
                .toList();
    }

    // --- errors

    @Test
    void whatIsRefusedShouldComeAsAProblemWhereverItIsRefused() {
        refused(rest.get("/api/nosuch"), 404);
        refused(rest.send("DELETE", "/api/queues"), 405);
        assertThat(rest.send("DELETE", "/api/queues").header("Allow").orElse(""))
                .contains("GET");
        refused(rest.json("POST", "/api/lists/dev.lists.example.org/members/import", "{}"), 415);
        refused(rest.json("PATCH", "/api/queues/news", "{\"threads\": "), 400);
        refused(as("nobody", "wrong-password").get("/api/queues"), 401);
        refused(rest.send("PATCH", "/api/queues/news", "application/json", "{}", "Sec-Fetch-Site", "cross-site"), 403);

        Answer mailman = rest.get("/3.1/nosuch");
        assertThat(mailman.status()).isEqualTo(404);
        assertThat(mailman.header("Content-Type").orElse("")).startsWith("application/json");
        assertThat(mailman.json().getString("title")).isEqualTo("404 Not Found");
        assertThat(mailman.json()).containsKey("description");
    }

    @Test
    void readersShouldSeeTheSiteAndChangeNothing() {
        for (String path : List.of("nodes", "queues", "smarthosts", "version")) {
            assertThat(reader().get("/api/" + path).status()).as(path).isEqualTo(200);
        }
        refused(reader().form("POST", "/api/accounts", "name", "odd", "scopes", "read"), 403);
        refused(reader().get("/api/backup"), 403);
    }
}
