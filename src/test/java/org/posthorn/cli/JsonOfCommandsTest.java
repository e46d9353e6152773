package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;

/** Each command does what it should against a server that has everything, and with {@code --json} says so in JSON. */
class JsonOfCommandsTest {

    private static final String LIST =
            "{\"list_id\": \"t.example.org\", \"fqdn_listname\": \"t@example.org\", \"member_count\": 2, \"http_etag\": \"x\"}";
    private static final String MEMBER = "{\"email\": \"ann@example.org\", \"role\": \"member\"}";
    private static final String HELD = "{\"request_id\": 3, \"subject\": \"s\", \"msg\": \"Subject: s\"}";
    private static final String ENTRY = "{\"id\": 5, \"queue\": \"in\", \"error\": \"e\"}";
    private static final String ACCOUNT = "{\"name\": \"b\", \"scopes\": [\"read\"]}";
    private static final String FIGURES =
            "{\"connections\": 1, \"recipients\": 1, \"copies\": 9, \"seconds\": 1, \"median_ms\": 2.5, \"p95_ms\": 7,"
                    + " \"deferred\": 0, \"refused\": 0, \"unknown\": 0, \"turned_away\": 0, \"ended\": 0, \"carried\": 0,"
                    + " \"said\": \"\"}";
    private static final String HOST = "{\"name\": \"r1\", \"host\": \"h\", \"health\": \"up\"}";
    private static final String REPORT =
            "{\"added\": 1, \"updated\": 0, \"skipped\": 0, \"failed\": 0, \"errors\": []}";

    /** What prints something else by its nature, or is the script's. */
    private static final Set<String> NO_JSON =
            Set.of("members export", "completion", "help", "run", "demo", "build", "move", "restore");

    /** Of each command a line, and a part of what it must ask of the server; null: nothing. */
    private static final Map<String, String> LINES = new LinkedHashMap<>();

    static {
        LINES.put("list ls", "GET /3.1/lists");
        LINES.put("list show t.example.org", "GET /3.1/lists/t.example.org");
        LINES.put("list create t@example.org", "POST /3.1/lists");
        LINES.put("list rename t.example.org t@example.org", "POST /api/lists/t.example.org/rename");
        LINES.put("list delete t.example.org --yes", "DELETE /3.1/lists/t.example.org");
        LINES.put("members ls t.example.org", "GET /3.1/lists/t.example.org/roster/member");
        LINES.put("members add t.example.org ann@example.org", "POST /3.1/members");
        LINES.put("members del t.example.org ann@example.org", "DELETE /3.1/lists/t.example.org/member/");
        LINES.put("members import t.example.org FILE", "POST /api/lists/t.example.org/members/import");
        LINES.put("members sync t.example.org FILE", "POST /api/lists/t.example.org/members/import");
        LINES.put("members sync t.example.org FILE --dry-run", "GET /api/lists/t.example.org/members/export");
        LINES.put("held ls", "GET /3.1/lists/t.example.org/held");
        LINES.put("held ls t.example.org", "GET /3.1/lists/t.example.org/held");
        LINES.put("held show t.example.org 3", "GET /3.1/lists/t.example.org/held/3");
        LINES.put("held accept t.example.org 3", "POST /3.1/lists/t.example.org/held/3");
        LINES.put("held reject t.example.org 3 --yes", "POST /3.1/lists/t.example.org/held/3");
        LINES.put("held discard t.example.org 3 --yes", "POST /3.1/lists/t.example.org/held/3");
        LINES.put("notify", "POST /api/reminders");
        LINES.put("digests ls", "GET /3.1/lists/t.example.org/digest");
        LINES.put("digests send t.example.org --bump", "POST /3.1/lists/t.example.org/digest");
        LINES.put("digests send --all --dry-run", "GET /3.1/lists/t.example.org/digest");
        LINES.put("digests bump t.example.org", "POST /3.1/lists/t.example.org/digest");
        LINES.put("queue show", "GET /api/queues");
        LINES.put("queue show out", "GET /api/queues");
        LINES.put("queue shunt", "GET /api/queues/shunt/entries");
        LINES.put("queue shunt --bad", "GET /api/queues/bad/entries");
        LINES.put("queue unshunt 5", "POST /api/queues/shunt/entries/5/unshunt");
        LINES.put("queue unshunt --all", "POST /api/queues/shunt/entries/5/unshunt");
        LINES.put("queue discard 5 --yes", "DELETE /api/queues/shunt/entries/5");
        LINES.put("queue discard --bad --all --yes", "DELETE /api/queues/bad/entries/5");
        LINES.put("trace a@b", "GET /api/messages");
        LINES.put("audit", "GET /api/audit");
        LINES.put("person export ann@example.org OUT", "GET /api/people/ann%40example.org/export?held=include");
        LINES.put("person erase ann@example.org --yes", "DELETE /api/people/ann%40example.org?held=discard&rules=keep");
        LINES.put("account ls", "GET /api/accounts");
        LINES.put("account create b --scope read", "POST /api/accounts");
        LINES.put("account revoke b --yes", "DELETE /api/accounts/b");
        LINES.put("smarthost ls", "GET /api/smarthosts");
        LINES.put("smarthost show r1", "GET /api/smarthosts/r1");
        LINES.put("smarthost add r1 host=h", "POST /api/smarthosts");
        LINES.put("smarthost set r1 weight=3", "PATCH /api/smarthosts/r1");
        LINES.put("smarthost deliver-now r1 --for 90", "POST /api/smarthosts/r1/deliver-now");
        LINES.put("smarthost deliver-now r1 --off", "DELETE /api/smarthosts/r1/deliver-now");
        LINES.put("smarthost select", "GET /api/smarthost-selection");
        LINES.put("smarthost select random", "PATCH /api/smarthost-selection");
        LINES.put("smarthost del r1 --yes", "DELETE /api/smarthosts/r1");
        LINES.put("tune --smarthost r1 --to a@example.org --yes", "POST /api/smarthosts/r1/tune");
        LINES.put("node ls", "GET /api/nodes");
        LINES.put("node drain n1", "PATCH /api/nodes/n1");
        LINES.put("node undrain n1", "PATCH /api/nodes/n1");
        LINES.put("config", "GET /api/settings");
        LINES.put("config t.example.org", "GET /3.1/lists/t.example.org/config");
        LINES.put("config t.example.org subject_prefix=x", "PATCH /3.1/lists/t.example.org/config");
        LINES.put("backup OUT", "GET /api/backup");
        LINES.put("version", null);
        LINES.put("version --server", "GET /api/version");
    }

    private final StubServer server = new StubServer();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private static String page(String entry) {
        return "{\"start\": 0, \"total_size\": 1, \"entries\": [" + entry + "]}";
    }

    private void onEverything() {
        server.on("GET /3.1/lists", 200, page(LIST))
                .on("POST /3.1/lists", 201, "")
                .on("GET /3.1/lists/t.example.org", 200, LIST)
                .on("GET /3.1/lists/t%40example.org", 200, LIST)
                .on("DELETE /3.1/lists/t.example.org", 204, "")
                .on("POST /api/lists/t.example.org/rename", 200, "{}")
                .on("GET /3.1/lists/t.example.org/roster/member", 200, page(MEMBER))
                .on("GET /3.1/lists/t.example.org/roster/owner", 200, page(MEMBER))
                .on("GET /3.1/lists/t.example.org/roster/moderator", 200, page(MEMBER))
                .on("POST /3.1/members", 201, "")
                .on("DELETE /3.1/lists/t.example.org/member/ann%40example.org", 204, "")
                .on("POST /api/lists/t.example.org/members/import", 200, REPORT)
                .on(
                        "GET /api/lists/t.example.org/members/export",
                        asked -> new StubServer.Answer(200, "text/csv", "email\nann@example.org\n"))
                .on(
                        "GET /3.1/lists/t.example.org/digest",
                        200,
                        "{\"volume\": 1, \"next_digest_number\": 2, \"collected_posts\": 3, \"collected_size\": 4, \"http_etag\": \"x\"}")
                .on("POST /3.1/lists/t.example.org/digest", 202, "")
                .on("GET /3.1/lists/t.example.org/held", 200, page(HELD))
                .on("GET /3.1/lists/t.example.org/held/count", 200, "{\"count\": 1}")
                .on("GET /3.1/lists/t.example.org/held/3", 200, HELD)
                .on("POST /3.1/lists/t.example.org/held/3", 204, "")
                .on(
                        "GET /api/queues",
                        200,
                        "[{\"queue\": \"out\", \"entries\": 3, \"due\": 1, \"slices\": [{\"slice\": 0, \"epoch\": 7}]}]")
                .on("POST /api/queues/shunt/entries/5/unshunt", 204, "")
                .on("GET /api/messages", 200, "{\"message_id\": \"<a@b>\", \"state\": \"held\", \"events\": []}")
                .on("GET /api/audit", 200, "{\"entries\": [{\"at\": \"t\", \"actor\": \"a\"}]}")
                .on(
                        "GET /api/people/ann%40example.org/export",
                        asked -> new StubServer.Answer(200, "application/zip", "PK"))
                .on("DELETE /api/people/ann%40example.org", 200, "{\"memberships\": 1, \"complete\": true}")
                .on("GET /api/accounts", 200, "[" + ACCOUNT + "]")
                .on("POST /api/accounts", 201, ACCOUNT)
                .on("DELETE /api/accounts/b", 204, "")
                .on("GET /api/smarthosts", 200, "[" + HOST + "]")
                .on("POST /api/reminders", 200, "{\"lists\": 2}")
                .on("POST /api/smarthosts", 201, HOST)
                .on("GET /api/smarthosts/r1", 200, HOST)
                .on("PATCH /api/smarthosts/r1", 200, HOST)
                .on("POST /api/smarthosts/r1/deliver-now", 200, HOST)
                .on("DELETE /api/smarthosts/r1/deliver-now", 200, HOST)
                .on("GET /api/smarthost-selection", 200, "{\"select\": \"hash\"}")
                .on("PATCH /api/smarthost-selection", 200, "{\"select\": \"random\"}")
                .on("DELETE /api/smarthosts/r1", 204, "")
                .on("POST /api/smarthosts/r1/tune", 200, FIGURES)
                .on("GET /api/nodes", 200, "[{\"name\": \"n1\", \"weight\": 1}]")
                .on("PATCH /api/nodes/n1", 200, "{\"name\": \"n1\"}")
                .on("GET /api/settings", 200, "[{\"name\": \"POSTHORN_HTTP_PORT\", \"value\": \"8080\"}]")
                .on(
                        "GET /3.1/lists/t.example.org/config",
                        200,
                        "{\"subject_prefix\": \"x\", \"http_etag\": \"\\\"e\\\"\"}")
                .on("PATCH /3.1/lists/t.example.org/config", 204, "")
                .on("GET /api/backup", asked -> new StubServer.Answer(200, "application/zip", "PK"))
                .on("GET /api/version", 200, "{\"version\": \"9.9\"}");
        for (String parking : Set.of("shunt", "bad")) {
            server.on("GET /api/queues/" + parking + "/entries", 200, "[" + ENTRY + "]")
                    .on("DELETE /api/queues/" + parking + "/entries/5", 204, "");
        }
    }

    static Stream<String> lines() {
        return LINES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void commandShouldAnswerInJson(String line) throws Exception {
        onEverything();
        Path file = Files.writeString(folder.resolve("members.csv"), "email\nann@example.org\nbob@example.org\n");
        String[] words = (line.replace("FILE", file.toString())
                                .replace("OUT", folder.resolve("saved").toString())
                        + " --json")
                .split(" ");

        Ran ran = Ran.command(server, words);

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(parsed(ran.out()).toString()).as("something").hasSizeGreaterThan(2);
        if (LINES.get(line) != null) {
            assertThat(server.requests()).anyMatch(request -> request.startsWith(LINES.get(line)));
        }
    }

    @Test
    void everyCommandShouldHaveALine() {
        Set<String> without = new TreeSet<>();
        CommandSpec root = Main.commandLine(new Surroundings(
                        Map.of(),
                        InputStream.nullInputStream(),
                        new PrintWriter(PrintWriter.nullWriter()),
                        new PrintWriter(PrintWriter.nullWriter()),
                        false,
                        null))
                .getCommandSpec();
        collect(root, without);
        without.removeIf(name -> NO_JSON.contains(name)
                || LINES.keySet().stream().anyMatch(line -> (line + " ").startsWith(name + " ")));

        assertThat(without).isEmpty();
    }

    private static void collect(CommandSpec spec, Set<String> into) {
        if (spec.subcommands().isEmpty()) {
            into.add(spec.qualifiedName().replaceFirst("posthorn ?", ""));
        }
        spec.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), into));
    }

    /** One value and nothing behind it. */
    private static JsonStructure parsed(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.read();
        }
    }
}
