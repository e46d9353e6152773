package org.posthorn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command asks of the server and makes of the answers. */
class CommandsTest {

    private static final String LIST = "{\"list_id\": \"t.example.org\", \"fqdn_listname\": \"t@example.org\","
            + " \"member_count\": 2, \"volume\": 7, \"description\": \"\", \"http_etag\": \"x\", \"self_link\": \"y\"}";

    private final StubServer server = new StubServer()
            .on("GET /3.1/lists/t.example.org", 200, LIST)
            .on("GET /3.1/lists/t%40example.org", 200, LIST);

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        server.close();
    }

    private static String page(String... entries) {
        return "{\"start\": 0, \"total_size\": " + entries.length + ", \"entries\": [" + String.join(",", entries)
                + "], \"http_etag\": \"e\"}";
    }

    private static JsonArray array(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }

    @Test
    void tablesShouldBeTabbedForProgramsAndAlignedForPeople() {
        server.on("GET /3.1/lists", 200, page(LIST));

        assertThat(Ran.command(server, "list", "ls").out())
                .isEqualTo("LIST ID\tFQDN LISTNAME\tMEMBER COUNT\tVOLUME\tDESCRIPTION\n"
                        + "t.example.org\tt@example.org\t2\t7\t\n");
        assertThat(Ran.inTerminal(server, "", "list", "ls").out())
                .isEqualTo("LIST ID        FQDN LISTNAME  MEMBER COUNT  VOLUME  DESCRIPTION\n"
                        + "t.example.org  t@example.org  2             7\n");
    }

    @Test
    void jsonShouldHaveTheFieldsOfRestWithoutItsLinks() {
        server.on("GET /3.1/lists", 200, page(LIST, LIST));

        String out = Ran.command(server, "list", "ls", "--json").out();

        assertThat(out.lines()).hasSize(4);
        assertThat(array(out)).hasSize(2);
        assertThat(array(out).getJsonObject(0).keySet())
                .containsExactly("list_id", "fqdn_listname", "member_count", "volume", "description");
    }

    @Test
    void noListsShouldBeAnEmptyTableAndAnEmptyArray() {
        server.on("GET /3.1/lists", 200, "{\"start\": 0, \"total_size\": 0, \"http_etag\": \"e\"}");

        assertThat(Ran.command(server, "list", "ls").out().lines()).hasSize(1);
        assertThat(Ran.command(server, "list", "ls", "--json").out()).isEqualTo("[]\n");
    }

    @Test
    void manyMembersShouldComePageByPage() {
        server.on("GET /3.1/lists/t.example.org/roster/member", asked -> {
            int page = Integer.parseInt(asked.target().replaceAll(".*page=", ""));
            String entries = IntStream.range((page - 1) * 500, Math.min(page * 500, 1234))
                    .mapToObj(i -> "{\"email\": \"m" + i + "@example.org\"}")
                    .collect(Collectors.joining(","));
            return new StubServer.Answer(200, "application/json", "{\"entries\": [" + entries + "]}");
        });

        Ran ran = Ran.command(server, "members", "ls", "t@example.org");

        assertThat(ran.out().lines()).hasSize(1235);
        assertThat(server.requests().stream().filter(request -> request.contains("roster")))
                .containsExactly(
                        "GET /3.1/lists/t.example.org/roster/member?count=500&page=1",
                        "GET /3.1/lists/t.example.org/roster/member?count=500&page=2",
                        "GET /3.1/lists/t.example.org/roster/member?count=500&page=3");
    }

    @Test
    void hostileTextShouldNotReachTheTerminal() {
        server.on(
                "GET /3.1/lists/t.example.org/held",
                200,
                page("{\"request_id\": 1, \"sender\": \"a@b\", \"subject\": \"\\u001b[2J\\u202e\\u009b31m\\tx\\ny\","
                        + " \"reason\": \"r\", \"hold_date\": \"d\", \"msg\": \"m\"}"));

        assertThat(Ran.inTerminal(server, "", "held", "ls", "t.example.org").out())
                .doesNotContain("\u001b", "\u202e", "\u009b", "\t");
        assertThat(Ran.command(server, "held", "ls", "t.example.org").out().lines())
                .hasSize(2);
        assertThat(Ran.command(server, "held", "ls", "t.example.org", "--json").out())
                .doesNotContain("\u001b", "\u009b", "\"msg\"");
    }

    @Test
    void listShouldBeMadeWithItsDomainAndOwners() {
        server.on("POST /3.1/domains", 201, "").on("POST /3.1/lists", 201, "").on("POST /3.1/members", 201, "");

        Ran ran = Ran.command(
                server,
                "list",
                "create",
                "t@example.org",
                "--make-domain",
                "--owner",
                "ann@example.com",
                "--style",
                "legacy-announce");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("made t.example.org\n");
        assertThat(server.asked().stream()
                        .filter(one -> one.method().equals("POST"))
                        .map(StubServer.Asked::body))
                .containsExactly(
                        "{\"mail_host\":\"example.org\"}",
                        "{\"fqdn_listname\":\"t@example.org\",\"style_name\":\"legacy-announce\"}",
                        "{\"list_id\":\"t.example.org\",\"subscriber\":\"ann@example.com\",\"role\":\"owner\","
                                + "\"pre_verified\":true,\"pre_confirmed\":true,\"pre_approved\":true}");
    }

    @Test
    void deletingShouldAskFirst() {
        server.on("DELETE /3.1/lists/t.example.org", 204, "");

        assertThat(Ran.command(server, "list", "delete", "t.example.org").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(Ran.inTerminal(server, "no\n", "list", "delete", "t.example.org")
                        .exit())
                .isEqualTo(Exit.FAILED);
        assertThat(server.requests()).noneMatch(request -> request.startsWith("DELETE"));

        assertThat(Ran.inTerminal(server, "y\n", "list", "delete", "t.example.org")
                        .exit())
                .isZero();
        assertThat(Ran.command(server, "list", "delete", "t.example.org", "--yes")
                        .exit())
                .isZero();
        assertThat(server.requests().stream().filter(request -> request.startsWith("DELETE")))
                .hasSize(2);
    }

    @Test
    void unknownListShouldBeNamed() {
        Ran ran = Ran.command(server, "members", "ls", "nope.example.org");

        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.err()).isEqualTo("posthorn: there is no list nope.example.org\n");
    }

    @Test
    void oneRefusedAddressShouldNotKeepTheOthersOut() {
        server.on(
                "POST /3.1/members",
                asked -> asked.body().contains("bad")
                        ? new StubServer.Answer(400, "application/json", "{\"description\": \"Invalid email address\"}")
                        : new StubServer.Answer(201, "application/json", ""));

        Ran ran = Ran.withInput(
                server,
                "# from a file\n\nc@example.org\n",
                "members",
                "add",
                "t.example.org",
                "a@example.org",
                "bad",
                "-");

        assertThat(ran.exit()).isEqualTo(Exit.PARTLY);
        assertThat(ran.out())
                .isEqualTo("EMAIL\tRESULT\na@example.org\tadded\nbad\tInvalid email address\nc@example.org\tadded\n");
        assertThat(Ran.command(server, "members", "add", "t.example.org", "bad").exit())
                .isEqualTo(Exit.FAILED);
    }

    @Test
    void whoIsNotLetInShouldNotTryAddressAfterAddress() {
        server.on("POST /3.1/members", 403, "{\"description\": \"This takes the right CHANGE_MEMBERS\"}");

        Ran ran = Ran.command(server, "members", "add", "t.example.org", "a@example.org", "b@example.org");

        assertThat(ran.exit()).isEqualTo(Exit.NOT_ALLOWED);
        assertThat(server.requests().stream().filter(request -> request.startsWith("POST")))
                .hasSize(1);
    }

    @Test
    void importShouldTellWhichRowsFailed() throws Exception {
        Path file = Files.writeString(folder.resolve("m.csv"), "email\na@example.org\nbad\n");
        server.on(
                "POST /api/lists/t.example.org/members/import",
                200,
                "{\"added\": 1, \"updated\": 0, \"skipped\": 0, \"failed\": 1,"
                        + " \"errors\": [{\"line\": 3, \"value\": \"bad\", \"reason\": \"no address\"}]}");

        Ran ran = Ran.command(server, "members", "import", "t.example.org", file.toString());

        assertThat(ran.exit()).isEqualTo(Exit.PARTLY);
        assertThat(ran.out()).isEqualTo("added 1, updated 0, unchanged 0, failed 1\nline 3: bad: no address\n");
        assertThat(server.asked().get(server.asked().size() - 1).body()).isEqualTo("email\na@example.org\nbad\n");
    }

    @Test
    void exportShouldReplaceTheFileOnlyWhenItIsWhole() throws Exception {
        Path file = Files.writeString(folder.resolve("m.csv"), "the old one");
        server.on(
                "GET /api/lists/t.example.org/members/export",
                asked -> new StubServer.Answer(200, "text/csv", "email\nä@example.org\n"));
        server.stall();
        assertThat(Ran.command(server, "members", "export", "t.example.org", file.toString(), "--timeout", "1")
                        .exit())
                .isNotZero();
        assertThat(file).hasContent("the old one");
    }

    @Test
    void exportShouldWriteWhatTheServerSends() throws Exception {
        server.on(
                "GET /api/lists/t.example.org/members/export",
                asked -> new StubServer.Answer(200, "text/csv", "email\nä@example.org\n"));
        Path file = folder.resolve("m.csv");

        assertThat(Ran.command(server, "members", "export", "t.example.org").out())
                .isEqualTo("email\nä@example.org\n");
        assertThat(Ran.command(server, "members", "export", "t.example.org", file.toString(), "--role", "owner")
                        .exit())
                .isZero();
        assertThat(file).hasContent("email\nä@example.org\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(folder.toFile().list()).containsExactly("m.csv");
        assertThat(server.requests()).contains("GET /api/lists/t.example.org/members/export?role=owner");
    }

    private void onSync() {
        server.on(
                        "GET /api/lists/t.example.org/members/export",
                        asked -> new StubServer.Answer(
                                200, "text/csv", "email,display_name\na@example.org,\"Ann, A\"\nb@example.org,\n"))
                .on(
                        "POST /api/lists/t.example.org/members/import",
                        200,
                        "{\"added\": 1, \"updated\": 0, \"skipped\": 0, \"failed\": 0, \"errors\": []}")
                .on("DELETE /3.1/lists/t.example.org/roster/member", CommandsTest::allRemoved);
    }

    private static StubServer.Answer allRemoved(StubServer.Asked asked) {
        JsonObjectBuilder removed = Json.createObjectBuilder();
        emails(asked).forEach(email -> removed.add(email, true));
        return new StubServer.Answer(200, "application/json", removed.build().toString());
    }

    private static List<String> emails(StubServer.Asked asked) {
        try (JsonReader reader = Json.createReader(new StringReader(asked.body()))) {
            return reader.readObject().getJsonArray("emails").getValuesAs(JsonString::getString);
        }
    }

    @Test
    void syncShouldRemoveInPiecesAndTryAPieceThatIsRefusedSingly() {
        onSync();
        StringBuilder csv = new StringBuilder("email,display_name\n");
        for (int i = 0; i < 450; i++) {
            csv.append("m").append(i).append("@example.org,\n");
        }
        server.on(
                "GET /api/lists/t.example.org/members/export",
                asked -> new StubServer.Answer(200, "text/csv", csv.toString()));
        server.on(
                "DELETE /3.1/lists/t.example.org/roster/member",
                asked -> emails(asked).contains("m449@example.org")
                        ? new StubServer.Answer(409, "application/json", "{\"description\": \"Not this one\"}")
                        : allRemoved(asked));

        Ran ran = Ran.withInput(server, "a@example.org\n", "members", "sync", "t.example.org", "-", "--yes");

        assertThat(ran.exit()).isEqualTo(Exit.PARTLY);
        assertThat(ran.out())
                .startsWith("added 1, removed 449, failed 1\nm449@example.org: ")
                .contains("Not this one");
        List<Integer> pieces = server.asked().stream()
                .filter(one -> one.method().equals("DELETE"))
                .map(one -> emails(one).size())
                .toList();
        assertThat(pieces).filteredOn(size -> size == 200).hasSize(2);
        assertThat(pieces).allMatch(size -> size <= 200);
    }

    @Test
    void dryRunShouldShowTheDifferenceAndChangeNothing() {
        onSync();

        Ran ran = Ran.withInput(
                server, "A@Example.org\nc@example.org\n", "members", "sync", "t.example.org", "-", "--dry-run");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("CHANGE\tEMAIL\nadd\tc@example.org\nremove\tb@example.org\n");
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void syncShouldAddAndRemoveWhatDiffers() {
        onSync();

        Ran ran = Ran.withInput(
                server, "email,team\na@example.org,red\nc@example.org,blue\n", "members", "sync", "t.example.org", "-");

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).isEqualTo("added 1, removed 1, failed 0\n");
        assertThat(server.asked().stream()
                        .filter(one -> one.method().equals("POST"))
                        .map(StubServer.Asked::body))
                .containsExactly("email,team\nc@example.org,blue\n");
        assertThat(server.asked().stream()
                        .filter(one -> one.method().equals("DELETE"))
                        .map(StubServer.Asked::body))
                .containsExactly("{\"emails\":[\"b@example.org\"]}");
    }

    @Test
    void emptyFileShouldNotEmptyTheListByMistake() {
        onSync();

        Ran ran = Ran.withInput(server, "\n", "members", "sync", "t.example.org", "-");

        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.err()).contains("--allow-empty");
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void fileWithoutAddressesShouldChangeNothing() {
        onSync();

        Ran ran = Ran.withInput(server, "a@example.org\nnot an address\n", "members", "sync", "t.example.org", "-");

        assertThat(ran.exit()).isEqualTo(Exit.FAILED);
        assertThat(ran.err()).contains("line 2");
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
    }

    @Test
    void heldPostsShouldBeDecidedOneByOne() {
        server.on("POST /3.1/lists/t.example.org/held/17", 204, "");

        Ran ran = Ran.command(
                server, "held", "reject", "t.example.org", "17", "18", "--reason", "Not our topic", "--yes");

        assertThat(ran.exit()).isEqualTo(Exit.PARTLY);
        assertThat(ran.out()).contains("17\trejected\n").contains("18\tnothing of t.example.org is held under 18");
        assertThat(server.asked().get(1).body()).isEqualTo("{\"action\":\"reject\",\"comment\":\"Not our topic\"}");
    }

    @Test
    void heldOfAllListsShouldBeShownTogether() {
        server.on("GET /3.1/lists", 200, page(LIST))
                .on("GET /3.1/lists/t.example.org/held", 200, page("{\"request_id\": 3, \"subject\": \"s\"}"));

        assertThat(Ran.command(server, "held", "ls").out()).contains("t.example.org\t3\t-\t-\ts\t-\n");
    }

    @Test
    void queuesShouldBeShownWithTheirRunners() {
        server.on(
                "GET /api/queues",
                200,
                "[{\"queue\": \"out\", \"entries\": 3, \"due\": 1, \"oldest_seconds\": 9, \"slices\": ["
                        + "{\"slice\": 0, \"node\": \"n1\", \"epoch\": 7, \"running\": true},"
                        + "{\"slice\": 1, \"node\": null, \"epoch\": 7, \"running\": null}]}]");

        assertThat(Ran.command(server, "queue", "show").out())
                .isEqualTo("QUEUE\tENTRIES\tDUE\tOLDEST SECONDS\tRUNNING\tSLICES\nout\t3\t1\t9\t1\t2\n");
        assertThat(Ran.command(server, "queue", "show", "out").out()).contains("1\t-\t-\t-\t7\t-\t-\n");
        assertThat(Ran.command(server, "queue", "show", "nope").exit()).isEqualTo(Exit.FAILED);
    }

    @Test
    void allShuntedShouldBePutBackThoughSomeAreRefused() {
        server.on("GET /api/queues/shunt/entries", 200, "[{\"id\": 5}, {\"id\": 6}]")
                .on("POST /api/queues/shunt/entries/5/unshunt", 204, "")
                .on(
                        "POST /api/queues/shunt/entries/6/unshunt",
                        409,
                        "{\"detail\": \"It is gone, or cannot be put back\"}");

        Ran ran = Ran.command(server, "queue", "unshunt", "--all");

        assertThat(ran.exit()).isEqualTo(Exit.PARTLY);
        assertThat(ran.out()).isEqualTo("ID\tRESULT\n5\tput back\n6\tIt is gone, or cannot be put back\n");
        assertThat(Ran.command(server, "queue", "unshunt").exit()).isEqualTo(Exit.USAGE);
        assertThat(Ran.command(server, "queue", "unshunt", "5", "--all").exit()).isEqualTo(Exit.USAGE);
    }

    @Test
    void badEntriesShouldBeDiscardedOnlyWhenSure() {
        server.on("DELETE /api/queues/bad/entries/5", 204, "");

        assertThat(Ran.command(server, "queue", "discard", "--bad", "5").exit()).isEqualTo(Exit.USAGE);
        assertThat(Ran.command(server, "queue", "discard", "--bad", "5", "--yes")
                        .exit())
                .isZero();
    }

    @Test
    void traceShouldTakeTheMessageIdWithAndWithoutBrackets() {
        server.on(
                "GET /api/messages",
                200,
                "{\"message_id\": \"<a@b>\", \"state\": \"delivered\", \"recipients\": 1, \"events\":"
                        + " [{\"at\": \"t\", \"node\": \"n\", \"queue\": \"in\", \"event\": \"received\", \"detail\": \"d\"}]}");

        Ran ran = Ran.command(server, "trace", "a@b", "--recipient", "ann@example.org");

        assertThat(ran.out())
                .isEqualTo("message_id\t<a@b>\nstate\tdelivered\nrecipients\t1\n\n"
                        + "AT\tNODE\tQUEUE\tEVENT\tDETAIL\nt\tn\tin\treceived\td\n");
        Ran.command(server, "trace", "<a@b>");
        assertThat(server.requests())
                .containsExactly(
                        "GET /api/messages?message_id=%3Ca%40b%3E&count=1000&recipient=ann%40example.org",
                        "GET /api/messages?message_id=%3Ca%40b%3E&count=1000");
    }

    @Test
    void smarthostsPasswordShouldNotBeTakenFromTheCommandLine() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "pass word\n");
        server.on("PATCH /api/smarthosts/r1", 200, "{\"name\": \"r1\", \"weight\": 3}");

        assertThat(Ran.command(server, "smarthost", "set", "r1", "password=x").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(Ran.command(server, "smarthost", "set", "r1").exit()).isEqualTo(Exit.USAGE);
        assertThat(Ran.command(server, "smarthost", "set", "r1", "weight").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(server.asked()).isEmpty();

        Ran ran = Ran.command(server, "smarthost", "set", "r1", "weight=3", "--smtp-password-file", secret.toString());
        assertThat(ran.out()).isEqualTo("name\tr1\nweight\t3\n");
        assertThat(server.asked().get(0).body()).isEqualTo("{\"weight\":\"3\",\"password\":\"pass word\"}");
    }

    @Test
    void settingsOfAListShouldBeChangedTogetherAndOnlyAsRead() {
        server.on(
                        "GET /3.1/lists/t.example.org/config",
                        200,
                        "{\"subject_prefix\": \"[t] \", \"acceptable_aliases\": [\"a@b\"], \"http_etag\": \"\\\"e1\\\"\"}")
                .on("PATCH /3.1/lists/t.example.org/config", 204, "");

        Ran ran = Ran.command(server, "config", "t@example.org", "subject_prefix=[x] = ", "acceptable_aliases+=c@d");

        assertThat(ran.exit()).as(ran.err()).isZero();
        StubServer.Asked patch = server.asked().stream()
                .filter(one -> one.method().equals("PATCH"))
                .findFirst()
                .orElseThrow();
        assertThat(patch.body()).isEqualTo("{\"subject_prefix\":\"[x] = \",\"acceptable_aliases\":[\"a@b\",\"c@d\"]}");
        assertThat(patch.ifMatch()).isEqualTo("\"e1\"");
    }

    @Test
    void settingThatIsNotThereShouldBeNamed() {
        server.on("GET /3.1/lists/t.example.org/config", 200, "{\"subject_prefix\": \"\", \"http_etag\": \"e\"}");

        assertThat(Ran.command(server, "config", "t.example.org", "nope").err()).contains("no setting nope");
        assertThat(Ran.command(server, "config", "t.example.org", "nope=1").err())
                .contains("no setting nope");
        assertThat(Ran.command(server, "config", "t.example.org", "subject_prefix+=x")
                        .exit())
                .isEqualTo(Exit.USAGE);
        assertThat(Ran.command(server, "config", "t.example.org", "subject_prefix", "x=y")
                        .exit())
                .isEqualTo(Exit.USAGE);
    }

    @Test
    void nodesSettingsShouldBeShownWithTheirSource() {
        server.on(
                "GET /api/settings",
                200,
                "[{\"name\": \"POSTHORN_HTTP_PORT\", \"value\": \"8080\", \"source\": \"default\"}]");

        assertThat(Ran.command(server, "config").out())
                .isEqualTo("NAME\tVALUE\tSOURCE\nPOSTHORN_HTTP_PORT\t8080\tdefault\n");
    }

    @Test
    void versionShouldNotNeedAServer() {
        server.on("GET /api/version", 200, "{\"version\": \"9.9\"}");

        assertThat(Ran.of(java.util.Map.of(), "", false, "version").out()).startsWith("Posthorn ");
        assertThat(server.asked()).isEmpty();
        assertThat(Ran.command(server, "version", "--server").out()).contains("server_version\t9.9\n");
    }

    @Test
    void listShouldBeRenamedAndKeepItsListId() {
        server.on("POST /api/lists/t.example.org/rename", 200, "{}")
                .on("GET /3.1/lists/talk%40example.org", 200, LIST.replace("t@", "talk@"));

        Ran ran = Ran.command(server, "list", "rename", "t@example.org", "talk@example.org", "--json");

        assertThat(ran.out()).isEqualTo("{\"list_id\":\"t.example.org\",\"fqdn_listname\":\"talk@example.org\"}\n");
        assertThat(server.asked().get(1).body())
                .isEqualTo("{\"fqdn_listname\":\"talk@example.org\",\"keep_list_id\":true}");
    }

    @Test
    void personShouldBeErasedOnlyWhenSure() {
        server.on("DELETE /api/people/ann%40example.org", 200, "{\"memberships\": 2, \"complete\": true}");

        assertThat(Ran.command(server, "person", "erase", "ann@example.org").exit())
                .isEqualTo(Exit.USAGE);
        assertThat(server.asked()).isEmpty();
        assertThat(Ran.command(server, "person", "erase", "ann@example.org", "--yes", "--rules")
                        .out())
                .isEqualTo("memberships\t2\ncomplete\tyes\n");
        assertThat(server.requests()).containsExactly("DELETE /api/people/ann%40example.org?held=discard&rules=erase");
    }

    @Test
    void auditLogShouldBeReadPageByPage() {
        server.on(
                "GET /api/audit",
                asked -> new StubServer.Answer(
                        200,
                        "application/json",
                        asked.target().contains("before=7")
                                ? "{\"entries\": [{\"at\": \"t1\", \"actor\": \"b\"}]}"
                                : "{\"entries\": [{\"at\": \"t2\", \"actor\": \"a\"}], \"next\": \"7\"}"));

        Ran ran = Ran.command(server, "audit", "--list", "t.example.org", "--most", "600");

        assertThat(ran.out().lines()).hasSize(3);
        assertThat(server.requests())
                .containsExactly(
                        "GET /api/audit?list=t.example.org&count=500",
                        "GET /api/audit?list=t.example.org&count=500&before=7");
    }

    @Test
    void accountsTokenShouldBeShownWhenItIsMade() {
        server.on("POST /api/accounts", 201, "{\"name\": \"b\", \"token\": \"posthorn_x\"}")
                .on("DELETE /api/accounts/b", 204, "");

        assertThat(Ran.command(server, "account", "create", "b", "--scope", "read", "--scope", "SITE")
                        .out())
                .isEqualTo("name\tb\ntoken\tposthorn_x\n");
        assertThat(server.asked().get(0).body()).isEqualTo("{\"name\":\"b\",\"scopes\":[\"read\",\"site\"]}");
        assertThat(Ran.command(server, "account", "create", "b").exit()).isEqualTo(Exit.USAGE);
        assertThat(Ran.command(server, "account", "revoke", "b", "--yes").out()).isEqualTo("revoked b\n");
    }

    @Test
    void postsShouldBeDiscardedOrRejectedOnlyWhenSure() {
        server.on("POST /3.1/lists/t.example.org/held/17", 204, "");

        for (String act : java.util.List.of("discard", "reject")) {
            Ran unsure = Ran.command(server, "held", act, "t.example.org", "17");
            assertThat(unsure.exit()).isEqualTo(Exit.USAGE);
            assertThat(unsure.err()).contains("one held post of t.example.org", "--yes");
            assertThat(Ran.inTerminal(server, "n\n", "held", act, "t.example.org", "17")
                            .exit())
                    .isEqualTo(Exit.FAILED);
        }
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
        assertThat(Ran.inTerminal(server, "y\n", "held", "discard", "t.example.org", "17")
                        .exit())
                .isZero();
        assertThat(Ran.command(server, "held", "discard", "t.example.org", "17", "--yes")
                        .out())
                .contains("17\tdiscarded");
        assertThat(server.requests().stream().filter(request -> request.startsWith("POST")))
                .hasSize(2);
    }

    private void onBigSync(int members) {
        String csv = IntStream.range(0, members)
                .mapToObj(i -> "m%03d@example.org,".formatted(i))
                .collect(Collectors.joining("\n", "email,display_name\n", "\n"));
        server.on("GET /api/lists/t.example.org/members/export", asked -> new StubServer.Answer(200, "text/csv", csv));
        IntStream.range(0, members)
                .forEach(i ->
                        server.on("DELETE /3.1/lists/t.example.org/member/m%03d%%40example.org".formatted(i), 204, ""));
        server.on("DELETE /3.1/lists/t.example.org/roster/member", CommandsTest::allRemoved);
    }

    private static String firstOf(int from, int members) {
        return IntStream.range(from, members)
                .mapToObj("m%03d@example.org\n"::formatted)
                .collect(Collectors.joining());
    }

    @Test
    void syncThatTakesManyOffShouldAskWithBothNumbers() {
        onBigSync(100);

        Ran cutOff = Ran.withInput(server, firstOf(97, 100), "members", "sync", "t.example.org", "-");

        assertThat(cutOff.exit()).isEqualTo(Exit.USAGE);
        assertThat(cutOff.err()).contains("97 of 100 members", "--yes");
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
        assertThat(Ran.withInput(server, firstOf(10, 100), "members", "sync", "t.example.org", "-")
                        .out())
                .as("ten, a tenth of the list")
                .contains("removed 10");
        assertThat(Ran.withInput(server, firstOf(11, 100), "members", "sync", "t.example.org", "-")
                        .exit())
                .isEqualTo(Exit.USAGE);
        assertThat(Ran.withInput(server, firstOf(97, 100), "members", "sync", "t.example.org", "-", "--yes")
                        .out())
                .contains("removed 97");
    }

    @Test
    void syncShouldAskBeforeItTakesMoreThanATenthOff() {
        onBigSync(9);

        assertThat(Ran.withInput(server, firstOf(2, 9), "members", "sync", "t.example.org", "-")
                        .err())
                .contains("2 of 9 members", "--yes");
        assertThat(Ran.withInput(server, firstOf(1, 9), "members", "sync", "t.example.org", "-")
                        .exit())
                .as("one is no mistake of a file")
                .isZero();
    }

    @Test
    void manyAddressesShouldBeTakenOffOnlyWhenSure() {
        onBigSync(12);
        java.util.List<String> words = new java.util.ArrayList<>(java.util.List.of("members", "del", "t.example.org"));
        firstOf(0, 11).lines().forEach(words::add);
        String[] command = words.toArray(String[]::new);

        assertThat(Ran.command(server, command).err()).contains("11 addresses", "2 members", "--yes");
        assertThat(Ran.withInput(server, firstOf(0, 11), "members", "del", "t.example.org", "-")
                        .err())
                .contains("more than 10 addresses", "--yes");
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET"));
        assertThat(Ran.withInput(server, firstOf(0, 11), "members", "del", "t.example.org", "-", "--yes")
                        .out()
                        .lines())
                .hasSize(12);
        assertThat(Ran.withInput(server, firstOf(0, 10), "members", "del", "t.example.org", "-")
                        .exit())
                .isZero();
    }

    @Test
    void whatWasDoneShouldBeToldWhenTheServerGoesAway() {
        server.on("POST /3.1/lists/t.example.org/held/1", 204, "")
                .on("POST /3.1/lists/t.example.org/held/2", 404, "{}")
                .on("POST /3.1/lists/t.example.org/held/3", 503, "{}");
        String[] command = {"held", "accept", "t.example.org", "1", "2", "3", "4"};

        Ran terminal = Ran.inTerminal(server, "", command);

        assertThat(terminal.exit()).isEqualTo(Exit.PARTLY);
        assertThat(terminal.out().lines().map(line -> line.split(" ")[0])).containsExactly("REQUEST", "1", "2", "3");
        assertThat(terminal.out()).contains("accepted");
        assertThat(terminal.err()).contains("1 before that: accepted");
        assertThat(server.requests()).as("nothing is asked of it any more").noneMatch(one -> one.endsWith("/4"));

        String[] json = {"held", "accept", "t.example.org", "1", "2", "3", "4", "--json"};
        JsonArray told = array(Ran.command(server, json).out());
        assertThat(told.getValuesAs(jakarta.json.JsonObject.class).stream().map(row -> row.getBoolean("done")))
                .containsExactly(true, false, false);
    }

    @Test
    void serverThatIsAwayFromTheBeginningShouldLeaveNothingOnTheOutput() {
        server.on("POST /3.1/lists/t.example.org/held/3", 503, "{}");

        Ran ran = Ran.command(server, "held", "accept", "t.example.org", "3", "4");

        assertThat(ran.exit()).isEqualTo(Exit.UNREACHABLE);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void syncShouldTellItsCountsWhenTheServerGoesAway() {
        onBigSync(450);
        server.on(
                        "DELETE /3.1/lists/t.example.org/roster/member",
                        asked -> emails(asked).contains("m250@example.org")
                                ? new StubServer.Answer(503, "application/json", "{}")
                                : allRemoved(asked))
                .on(
                        "POST /api/lists/t.example.org/members/import",
                        200,
                        "{\"added\": 1, \"updated\": 0, \"skipped\": 0, \"failed\": 0, \"errors\": []}");

        Ran ran = Ran.withInput(server, "new@example.org\n", "members", "sync", "t.example.org", "-", "--yes");

        assertThat(ran.exit()).isEqualTo(Exit.PARTLY);
        assertThat(ran.out()).isEqualTo("added 1, removed 200, failed 0\n");
        assertThat(ran.err()).contains("not ready");
        assertThat(server.requests().stream().filter(request -> request.startsWith("DELETE")))
                .as("nothing more is asked of it")
                .hasSize(2);
    }
}
