package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.platform.metrics.Metric;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.Exposed;
import org.posthorn.testing.Mailsink;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.SmtpSink;

/** {@code bin/posthorn} as an administrator types it, against a node as it is shipped; and what that node tells Prometheus. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CommandsE2E {

    private static final String LIST = "test@lists.example.org";
    private static final String ID = "test.lists.example.org";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;

    private record Ran(int exit, String out, String err) {

        JsonArray array() {
            try (JsonReader reader = Json.createReader(new StringReader(out))) {
                return reader.readArray();
            }
        }

        JsonObject object() {
            try (JsonReader reader = Json.createReader(new StringReader(out))) {
                return reader.readObject();
            }
        }
    }

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private static Ran posthorn(String... words) throws IOException, InterruptedException {
        return run(Map.of("POSTHORN_ADMIN_PASSWORD", PackagedNode.PASSWORD), words);
    }

    private static Ran run(Map<String, String> more, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("bin/posthorn"));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(variable -> variable.startsWith("POSTHORN_"));
        Map<String, String> settings = new HashMap<>(more);
        settings.put("POSTHORN_BUILD", "off");
        settings.put("POSTHORN_HOME", folder.resolve("home").toString());
        settings.put("POSTHORN_HTTP_PORT", Integer.toString(node.httpPort()));
        builder.environment().putAll(settings);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS))
                .as("ends: " + command)
                .isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static Ran done(String... words) throws IOException, InterruptedException {
        Ran ran = posthorn(words);
        assertThat(ran.exit()).as(String.join(" ", words) + ": " + ran.err()).isZero();
        return ran;
    }

    private static String post(String from, String subject) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(node.deliver(from, List.of(LIST), PackagedNode.message(from, LIST, subject, messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        return messageId;
    }

    @Test
    @Order(1)
    void tuneShouldFeedASinkASmarthostByItsAddressAndOneOfThePool() throws Exception {
        assertThat(done("tune", "--sink", "--copies", "50", "--connections", "1,2")
                        .out())
                .contains("Recommended: connections=");
        try (Mailsink sink = Mailsink.start()) {
            String port = Integer.toString(sink.port());
            done("smarthost", "add", "fed", "host=127.0.0.1", "port=" + port, "enabled=false");
            String[] rest = {"--to", "sink@example.org", "--copies", "20", "--connections", "2", "--yes", "--json"};

            for (String smarthost : List.of("fed", "smtp://127.0.0.1:" + port)) {
                List<String> words = new ArrayList<>(List.of("tune", "--smarthost", smarthost));
                words.addAll(List.of(rest));
                assertThat(done(words.toArray(String[]::new)).object().getJsonArray("steps"))
                        .singleElement()
                        .asString()
                        .contains("\"copies\":20", "\"pipelining\":true");
            }

            done("smarthost", "del", "fed", "--yes");
            assertThat(sink.stop().copies()).hasSize(40);
        }
    }

    @Test
    @Order(1)
    void listShouldBeMadeShownAndSet() throws Exception {
        assertThat(done("list", "create", LIST, "--make-domain", "--owner", "owner@example.org")
                        .out())
                .isEqualTo("made " + ID + "\n");

        assertThat(done("list", "ls").out()).contains(ID + "\t" + LIST + "\t0\t");
        assertThat(done("list", "show", LIST, "--json").object().getJsonArray("owners"))
                .hasToString("[\"owner@example.org\"]");
        done("config", ID, "subject_prefix=[E2E] ", "acceptable_aliases+=other@example.org");
        assertThat(done("config", ID, "subject_prefix", "acceptable_aliases", "--json")
                        .out())
                .isEqualTo("{\"subject_prefix\":\"[E2E] \",\"acceptable_aliases\":[\"other@example.org\"]}\n");
        Ran wrong = posthorn("config", ID, "max_message_size=many");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.err()).contains("max_message_size", "many");
    }

    @Test
    @Order(2)
    void membersShouldComeGoAndBeSynchronised() throws Exception {
        assertThat(done("members", "add", ID, "ann@example.com", "poster@example.com", "--mode", "regular")
                        .out())
                .contains("ann@example.com\tadded");
        Ran some = posthorn("members", "del", ID, "ann@example.com", "nobody@example.com");
        assertThat(some.exit()).isEqualTo(5);
        assertThat(some.out()).contains("ann@example.com\tremoved", "nobody@example.com\tnot on the list");

        String rows = IntStream.range(0, 1200)
                .mapToObj(i -> "m" + i + "@example.com,\"Name, " + i + "\",blue\n")
                .collect(Collectors.joining());
        Path csv = Files.writeString(folder.resolve("m.csv"), "email,display_name,team\n" + rows);
        assertThat(done("members", "import", ID, csv.toString()).out()).startsWith("added 1200, updated 0");
        assertThat(done("members", "ls", ID, "--json").array()).hasSize(1201);

        Path exported = folder.resolve("exported.csv");
        done("members", "export", ID, exported.toString());
        assertThat(Files.readAllLines(exported))
                .hasSize(1202)
                .startsWith("email,display_name,delivery_mode,language,team")
                .contains("m7@example.com,\"Name, 7\",,,blue");
        assertThat(done("members", "import", ID, exported.toString()).out())
                .startsWith("added 0, updated 0, unchanged 1201");

        Path wanted = Files.writeString(
                folder.resolve("wanted.txt"), "POSTER@example.com\nm7@example.com\nbob@example.net\n");
        assertThat(done("members", "sync", ID, wanted.toString(), "--dry-run")
                        .out()
                        .lines())
                .hasSize(1 + 1 + 1199)
                .contains("add\tbob@example.net", "remove\tm8@example.com");
        assertThat(done("members", "ls", ID).out().lines()).hasSize(1202);
        // Only what is left: 1,199 removals one by one would be a test of patience.
        done("members", "sync", ID, wanted.toString(), "--keep");
        assertThat(done("members", "ls", ID, "--find", "bob@example.net").out()).contains("bob@example.net");
    }

    @Test
    @Order(3)
    void heldPostShouldBeShownAndAcceptedAndTraced() throws Exception {
        String messageId = post("stranger@example.org", "\u001b[31mred");
        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();

        JsonArray held = done("held", "ls", "--json").array();
        assertThat(held).hasSize(1);
        assertThat(held.getJsonObject(0).getString("list_id")).isEqualTo(ID);
        String id = Integer.toString(held.getJsonObject(0).getInt("request_id"));
        assertThat(done("held", "show", ID, id).out())
                .contains("this is a test")
                .doesNotContain("\u001b");
        assertThat(posthorn("held", "reject", ID, "999999", "--yes").exit()).isEqualTo(1);
        done("held", "accept", ID, id);

        assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();
        assertThat(done("trace", messageId).out()).contains("state\tdelivered", "\theld\t", "\tfanned-out\t");
        assertThat(done("trace", messageId, "--recipient", "bob@example.net", "--json")
                        .object()
                        .getJsonArray("fates")
                        .getJsonObject(0)
                        .getString("outcome"))
                .isEqualTo("delivered");
        assertThat(posthorn("trace", "nothing@such").exit()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void siteShouldBeSeen() throws Exception {
        assertThat(done("queue", "show").out()).contains("out\t0\t0\t0\t");
        assertThat(done("queue", "show", "out").out()).contains("ffffffff");
        assertThat(done("queue", "shunt", "--json").out()).isEqualTo("[]\n");
        assertThat(done("queue", "unshunt", "--all").out()).isEqualTo("ID\tRESULT\n");
        assertThat(done("node", "ls", "--json").array()).hasSize(1);
        assertThat(done("config").out())
                .contains("POSTHORN_HTTP_PORT\t" + node.httpPort() + "\tenvironment", "POSTHORN_ADMIN_PASSWORD\t***\t")
                .doesNotContain(PackagedNode.PASSWORD);
        assertThat(done("version", "--server", "--json").object().getString("server_version"))
                .isEqualTo(done("version", "--json").object().getString("version"))
                .matches("[0-9]+\\..*");
        assertThat(done("audit", "--list", ID).out()).contains(PackagedNode.USER);
    }

    @Test
    @Order(5)
    void smarthostShouldBeAddedChangedAndDeleted() throws Exception {
        done("smarthost", "add", "second", "host=127.0.0.1", "port=9", "role=fallback");
        assertThat(done("smarthost", "set", "second", "weight=3", "enabled=false", "--json")
                        .object()
                        .getInt("weight"))
                .isEqualTo(3);
        done("smarthost", "set", "second", "hours=03:00-03:01 UTC", "transport=angus");
        assertThat(done("smarthost", "deliver-now", "second", "--for", "90", "--json")
                        .object()
                        .getBoolean("deliver_now"))
                .isTrue();
        assertThat(done("smarthost", "deliver-now", "second", "--off", "--json")
                        .object()
                        .getBoolean("deliver_now"))
                .isFalse();
        assertThat(posthorn("smarthost", "deliver-now", "second", "--off", "--for", "5")
                        .exit())
                .isEqualTo(2);
        assertThat(done("smarthost", "select", "sequence", "--json").object().getString("select"))
                .isEqualTo("sequence");
        done("smarthost", "select", "hash");
        assertThat(posthorn("smarthost", "del", "second").exit())
                .as("nobody can be asked")
                .isEqualTo(2);
        done("smarthost", "del", "second", "--yes");
        assertThat(done("smarthost", "ls").out()).doesNotContain("second");
    }

    @Test
    @Order(6)
    void serviceAccountShouldDoWhatItsScopesAllow() throws Exception {
        String token = done("account", "create", "reader", "--scope", "read", "--json")
                .object()
                .getString("token");

        assertThat(run(Map.of("POSTHORN_TOKEN", token), "list", "ls").out()).contains(ID);
        assertThat(run(Map.of("POSTHORN_TOKEN", token), "list", "delete", ID, "--yes")
                        .exit())
                .isEqualTo(4);
        done("account", "revoke", "reader", "--yes");
        assertThat(run(Map.of("POSTHORN_TOKEN", token), "list", "ls").exit()).isEqualTo(4);
    }

    @Test
    @Order(7)
    void exitStatusShouldSayWhatWentWrong() throws Exception {
        assertThat(run(Map.of("POSTHORN_ADMIN_PASSWORD", "wrong-password"), "list", "ls")
                        .exit())
                .isEqualTo(4);
        assertThat(posthorn("list", "ls", "--url", "http://127.0.0.1:9").exit()).isEqualTo(3);
        assertThat(posthorn("list", "frobnicate").exit()).isEqualTo(2);
        assertThat(posthorn("members", "ls", "nosuch.example.org").exit()).isEqualTo(1);
        assertThat(posthorn("help").out()).contains("run", "demo", "members");
    }

    @Test
    @Order(8)
    void metricsShouldTellWhatHappenedWithoutNamingListOrAddress() throws Exception {
        String text = node.getAnonymously("/metrics").body();
        Exposed exposed = Exposed.parse(text);

        assertThat(exposed.sum(Metric.LMTP_MESSAGES.id())).isEqualTo(1);
        assertThat(exposed.sum(Metric.DELIVERIES.id())).isGreaterThanOrEqualTo(1203);
        assertThat(exposed.sum(Metric.HELD_MESSAGES.id())).isZero();
        assertThat(exposed.figure(Metric.QUEUE_PROCESSED.id(), Map.of("queue", "in")))
                .isEqualTo(1);
        assertThat(exposed.figure(Metric.HTTP_REQUESTS.id(), Map.of("area", "mailman", "status", "2xx")))
                .isPositive();
        assertThat(exposed.sum(Metric.SIGN_IN_FAILURES.id())).isPositive();
        assertThat(exposed.sum(Metric.SLICES_UNOWNED.id())).isZero();
        assertThat(exposed.sum(Metric.GATHER_FAILURES.id())).isZero();
        for (Metric gauge : Metric.values()) {
            if (gauge.kind() == Metric.Kind.GAUGE) {
                assertThat(exposed.has(gauge.id()))
                        .as("%s; the clock of an embedded database is the node's own", gauge.id())
                        .isEqualTo(gauge != Metric.CLOCK_OFF);
            }
        }
        assertThat(text).doesNotContain("lists.example.org", "example.com", "@", "e2e.example");
    }

    private static Exposed metrics() {
        return Exposed.parse(node.getAnonymously("/metrics").body());
    }

    @Test
    @Order(8)
    void metricsShouldCountTheWorkOfEachPart() throws Exception {
        assertThat(node.deliver("ann@example.com", List.of("nobody@lists.example.org"), ""))
                .singleElement()
                .asString()
                .startsWith("550");
        Exposed exposed = metrics();

        assertThat(exposed.figure(Metric.LMTP_REPLIES.id(), Map.of("code", "550")))
                .isEqualTo(1);
        assertThat(exposed.figure(Metric.LMTP_REPLIES.id(), Map.of("code", "354")))
                .isEqualTo(1);
        assertThat(exposed.figure(Metric.LMTP_REPLIES.id(), Map.of("code", "250")))
                .as("LHLO, MAIL, RCPT, the end of data; LHLO, MAIL")
                .isGreaterThanOrEqualTo(6);
        assertThat(exposed.figure(Metric.LMTP_ACCEPTED.id(), Map.of("outcome", "served")))
                .isEqualTo(2);
        assertThat(exposed.sum(Metric.LMTP_BYTES.id())).isBetween(200.0, 2000.0);
        assertThat(exposed.sum(Metric.COMMIT_MESSAGES.id())).isEqualTo(1);
        assertThat(exposed.sum(Metric.COMMIT_TIME.id() + "_count")).isEqualTo(1);
        Map<String, String> done = Map.of("smarthost", "sink", "outcome", "done");
        assertThat(exposed.figure(Metric.SMARTHOST_TRANSACTIONS.id(), done)).isPositive();
        assertThat(exposed.figure(Metric.SMARTHOST_TIME.id() + "_count", Map.of("smarthost", "sink")))
                .isGreaterThanOrEqualTo(exposed.figure(Metric.SMARTHOST_TRANSACTIONS.id(), done));
        assertThat(exposed.figure(Metric.HTTP_TIME.id() + "_count", Map.of("area", "mailman")))
                .isPositive();
        assertThat(exposed.figure(Metric.LEASE_RENEWALS.id(), Map.of("outcome", "done")))
                .isPositive();
        assertThat(exposed.sum(Metric.LEASES_HELD.id()))
                .isPositive()
                .isEqualTo(exposed.sum(Metric.SLICES.id()))
                .isLessThanOrEqualTo(exposed.sum(Metric.LEASE_TAKEOVERS.id()));
        for (String queue : List.of("in", "pipeline", "out")) {
            assertThat(exposed.figure(Metric.RUNNER_STARTS.id(), Map.of("queue", queue)))
                    .as(queue)
                    .isPositive();
            assertThat(exposed.figure(Metric.GROUP_TIME.id() + "_count", Map.of("queue", queue)))
                    .as(queue)
                    .isPositive();
        }
        Map<String, String> idle = Map.of("queue", "in", "outcome", "idle");
        assertThat(Eventually.holds(SOON, () -> metrics().figure(Metric.RUNNER_ENDS.id(), idle) > 0))
                .as("a runner with nothing to do ends")
                .isTrue();
        Exposed later = metrics();
        assertThat(later.figure(Metric.RUNNER_TIME.id() + "_count", Map.of("queue", "in")))
                .isPositive()
                .isLessThanOrEqualTo(later.figure(Metric.RUNNER_STARTS.id(), Map.of("queue", "in")));
    }

    @Test
    @Order(9)
    void logShouldTellEachFateOnOneLineWithoutAddresses() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("home.log"), StandardCharsets.UTF_8);
        List<String> fates = lines.stream()
                .filter(line -> line.contains(" org.posthorn.fate "))
                .map(line -> line.replaceAll(".* org\\.posthorn\\.fate ", ""))
                .toList();

        assertThat(fates.stream().map(line -> line.split(" ")[0])).contains("Received", "Held", "Posted", "Delivered");
        assertThat(fates).allSatisfy(line -> assertThat(line).contains("message-id=<"));
        assertThat(lines).noneMatch(line -> line.contains("stranger@") || line.contains("\u001b"));
        assertThat(lines).noneMatch(line -> line.contains(PackagedNode.PASSWORD));
    }

    @Test
    @Order(10)
    void manyMembersShouldBeTakenOffOnlyWhenSure() throws Exception {
        Path few = Files.writeString(folder.resolve("few.txt"), "poster@example.com\n");

        Ran unsure = posthorn("members", "sync", ID, few.toString());

        assertThat(unsure.exit()).isEqualTo(2);
        assertThat(unsure.err()).contains("1201 of 1202 members", "--yes");
        assertThat(done("members", "ls", ID).out().lines()).hasSize(1203);
    }

    @Test
    @Order(11)
    void heldPostShouldBeDiscardedOnlyWhenSure() throws Exception {
        String messageId = post("stranger@example.org", "Buy this");
        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();
        String id = Integer.toString(
                done("held", "ls", ID, "--json").array().getJsonObject(0).getInt("request_id"));

        assertThat(posthorn("held", "discard", ID, id).exit()).isEqualTo(2);
        assertThat(done("held", "ls", ID, "--json").array()).hasSize(1);
        assertThat(done("held", "discard", ID, id, "--yes").out()).contains(id + "\tdiscarded");

        assertThat(node.awaitState(messageId, "discarded", SOON)).isTrue();
        assertThat(done("held", "ls", ID, "--json").array()).isEmpty();
    }

    @Test
    @Order(12)
    void personShouldBeHandedOutAndErased() throws Exception {
        done("members", "add", ID, "Eve@example.com", "--name", "Eve Example");
        done("config", ID, "default_member_action=hold");
        String messageId = post("eve@example.com", "A post of Eve's");
        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();
        Path zip = folder.resolve("eve.zip");

        assertThat(done("person", "export", "EVE@example.com", zip.toString(), "--json")
                        .object()
                        .getString("file"))
                .isEqualTo(zip.toString());

        Map<String, String> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(files.values()).anyMatch(text -> text.contains("Eve Example"));
        assertThat(files.values()).as("the held post itself").anyMatch(text -> text.contains("A post of Eve's"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
                .isEqualTo("rw-------");

        assertThat(posthorn("person", "erase", "eve@example.com").exit()).isEqualTo(2);
        JsonObject erased =
                done("person", "erase", "eve@example.com", "--yes", "--json").object();
        assertThat(erased.getInt("memberships")).isEqualTo(1);
        assertThat(erased.getInt("held")).isEqualTo(1);
        assertThat(done("members", "ls", ID, "--find", "eve@example.com", "--json")
                        .array())
                .isEmpty();
        assertThat(done("held", "ls", ID, "--json").array()).isEmpty();
        assertThat(done("trace", messageId, "--json").out()).doesNotContainIgnoringCase("eve@example.com");
        assertThat(posthorn("person", "erase", "no address", "--yes").exit()).isEqualTo(1);
    }

    @Test
    @Order(13)
    void nodeShouldBeDrainedAndTakeItsShareAgain() throws Exception {
        String name = done("node", "ls", "--json").array().getJsonObject(0).getString("name");

        done("node", "drain", name);
        assertThat(done("node", "ls", "--json").array().getJsonObject(0).getBoolean("draining"))
                .isTrue();
        done("node", "undrain", name);
        assertThat(done("node", "ls", "--json").array().getJsonObject(0).getBoolean("draining"))
                .isFalse();
    }

    @Test
    @Order(14)
    void accountsAndSmarthostsShouldBeShown() throws Exception {
        done("account", "create", "archiver", "--scope", "read", "--json");
        assertThat(done("account", "ls", "--json").out())
                .contains("\"archiver\"")
                .doesNotContain("posthorn_");
        String first =
                done("smarthost", "ls", "--json").array().getJsonObject(0).getString("name");
        assertThat(done("smarthost", "show", first, "--json").object().getString("health"))
                .isNotBlank();
        assertThat(posthorn("smarthost", "show", "nosuch").exit()).isEqualTo(1);
    }

    @Test
    @Order(15)
    void listShouldBeRenamedAndDeleted() throws Exception {
        assertThat(done("list", "rename", ID, "talk@lists.example.org").out()).contains("renamed " + ID);
        assertThat(done("list", "delete", "talk@lists.example.org", "--yes").exit())
                .isZero();
        assertThat(done("list", "ls", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    @Order(Integer.MAX_VALUE) // nothing is delivered any more after it
    void metricsShouldTellOfMailThatWaits() throws Exception {
        node.makeList("late@lists.example.org", List.of("bob@example.net"));
        assertThat(Eventually.holds(SOON, () -> metrics().sum(Metric.QUEUE_OLDEST.id()) == 0))
                .isTrue();
        sink.close();
        String messageId = PackagedNode.newMessageId();
        node.deliver(
                "bob@example.net",
                List.of("late@lists.example.org"),
                PackagedNode.message("bob@example.net", "late@lists.example.org", "Late", messageId));

        assertThat(Eventually.holds(SOON, () -> {
                    Exposed exposed = metrics();
                    Map<String, String> failed = Map.of("smarthost", "sink", "outcome", "failed");
                    return exposed.sum(Metric.QUEUE_OLDEST.id()) > 0
                            && exposed.sum(Metric.QUEUE_ENTRIES.id()) == 1
                            && exposed.figure(Metric.SMARTHOST_OPENED.id(), failed) > 0
                            && exposed.figure(Metric.SMARTHOST_HEALTH.id(), Map.of("smarthost", "sink", "state", "up"))
                                    == 0;
                }))
                .as(node.getAnonymously("/metrics").body())
                .isTrue();
    }
}
