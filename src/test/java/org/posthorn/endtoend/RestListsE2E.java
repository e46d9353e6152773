package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.endtoend.MailmanWrites.Write;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.MailmanConfig;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/** The list side of Mailman's API, row by row, from outside: each test has a domain of its own. */
class RestListsE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final List<String> TEMPLATES = List.of("""
            domain:admin:notice:new-list list:admin:action:post list:admin:action:subscribe list:admin:action:unsubscribe
            list:admin:notice:subscribe list:admin:notice:unrecognized list:admin:notice:unsubscribe list:admin:notice:disable
            list:admin:notice:increment list:admin:notice:pending list:admin:notice:removal list:member:digest:footer
            list:member:digest:header list:member:digest:masthead list:member:regular:footer list:member:regular:header
            list:user:action:invite list:user:action:subscribe list:user:action:unsubscribe list:user:notice:goodbye
            list:user:notice:hold list:user:notice:no-more-today list:user:notice:post list:user:notice:probe
            list:user:notice:refuse list:user:notice:rejected list:user:notice:welcome list:user:notice:warning
            """.trim().split("\\s+"));

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static String database;
    private static PackagedNode node;
    private static Rest rest;
    private static Rest old;

    private final String domain = "d" + NUMBER.incrementAndGet() + ".example.com";

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        Path home = folder.resolve("home");
        database = "jdbc:h2:file:" + home.resolve("db/posthorn") + ";AUTO_SERVER=TRUE;DB_CLOSE_ON_EXIT=TRUE";
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND,
                        home,
                        Map.of(
                                "POSTHORN_SMARTHOSTS",
                                sink.url() + ",smtp://127.0.0.1:9?name=nobody&domains=*.example",
                                "POSTHORN_DB_URL",
                                database))
                .start();
        String base = "http://127.0.0.1:" + node.httpPort();
        rest = new Rest(base + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
        old = new Rest(base + "/3.0", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private void aDomain() {
        assertThat(rest.form("POST", "/domains", "mail_host", domain).status()).isEqualTo(201);
    }

    /** @return the path of a list ant in this test's domain, which is made */
    private String aList() {
        aDomain();
        assertThat(rest.form("POST", "/lists", "fqdn_listname", "ant@" + domain).status())
                .isEqualTo(201);
        return "/lists/ant." + domain;
    }

    private static void aMember(String list, String email, String role) {
        assertThat(rest.form(
                                "POST",
                                "/members",
                                "list_id",
                                list.substring("/lists/".length()),
                                "subscriber",
                                email,
                                "role",
                                role,
                                "pre_verified",
                                "True",
                                "pre_confirmed",
                                "True",
                                "pre_approved",
                                "True")
                        .status())
                .isEqualTo(201);
    }

    private static void refused(Answer answer, int status, String description) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.description()).isEqualTo(description);
        assertThat(answer.json().getString("title")).startsWith(status + " ");
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    private static List<String> texts(JsonArray array) {
        return array.getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    /** 201, with an absolute address that answers. */
    private static String created(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.body()).isEmpty();
        String location = answer.header("Location").orElseThrow();
        assertThat(location).startsWith("http://localhost:8080/3.1/");
        String path = location.substring("http://localhost:8080/3.1".length());
        assertThat(rest.get(path).status()).as(location).isEqualTo(200);
        return path;
    }

    // --- conventions

    @Test
    void eachResourceAndEntryShouldCarryATagAndALinkThatAnswers() {
        String list = aList();
        for (String path : List.of("/domains", "/lists", "/domains/" + domain + "/lists", "/queues")) {
            Answer collection = rest.get(path);
            assertThat(collection.etag()).as(path).matches("\"[0-9a-f]{40}\"");
            assertThat(collection.entries()).isNotEmpty().allSatisfy(entry -> {
                assertThat(entry.getString("http_etag")).matches("\"[0-9a-f]{40}\"");
                String link = entry.getString("self_link").replace("http://localhost:8080/3.1", "");
                Answer one = rest.get(link);
                assertThat(one.status()).isEqualTo(200);
                assertThat(one.json()).isEqualTo(entry);
            });
        }
        assertThat(rest.get(list).header("ETag")).contains(rest.get(list).etag());
    }

    @Test
    void emptyCollectionShouldHaveNoEntries() {
        String list = aList();
        for (String path : List.of(list + "/bans", list + "/held", list + "/header-matches", list + "/roster/owner")) {
            JsonObject empty = rest.get(path).json();
            assertThat(empty.getInt("start")).isZero();
            assertThat(empty.getInt("total_size")).isZero();
            assertThat(empty).as(path).doesNotContainKey("entries");
        }
    }

    @Test
    void collectionShouldBePaged() {
        aDomain();
        for (String name : List.of("ant", "bee", "cat")) {
            created(rest.form("POST", "/lists", "fqdn_listname", name + "@" + domain));
        }
        String path = "/domains/" + domain + "/lists?count=2&page=";
        assertThat(rest.get(path + 1).entries())
                .extracting(list -> list.getString("list_name"))
                .containsExactly("ant", "bee");
        Answer second = rest.get(path + 2);
        assertThat(second.json().getInt("start")).isEqualTo(2);
        assertThat(second.json().getInt("total_size")).isEqualTo(3);
        assertThat(second.entries())
                .extracting(list -> list.getString("list_name"))
                .containsExactly("cat");
        assertThat(rest.get(path + 3).entries()).isEmpty();
        refused(
                rest.get(path + "x"),
                400,
                "Invalid Parameter \"page\": a whole number from 1 to 2147483647 is expected.");
    }

    @Test
    void formAndJsonShouldSayTheSame() {
        String list = aList();
        done(rest.json(
                "PATCH", list + "/config", "{\"emergency\": true, \"acceptable_aliases\": [\"a@x.org\", \"^b\"]}"));
        JsonObject byJson = rest.get(list + "/config").json();
        done(rest.form("PATCH", list + "/config", "emergency", "no", "acceptable_aliases", ""));
        assertThat(rest.get(list + "/config/acceptable_aliases").json().getJsonArray("acceptable_aliases"))
                .isEmpty();
        done(rest.form(
                "PATCH",
                list + "/config",
                "emergency",
                "Yes",
                "acceptable_aliases",
                "a@x.org",
                "acceptable_aliases",
                "^b"));
        assertThat(rest.get(list + "/config").json()).isEqualTo(byJson);
        refused(rest.json("PATCH", list + "/config", "{\"emergency\": "), 400, "The body is not a JSON object");
        refused(rest.json("PATCH", list + "/config", "[]"), 400, "A JSON object is expected");
    }

    @Test
    void staleTagShouldKeepAChangeFromBeingMade() {
        String list = aList();
        String config = list + "/config";
        String seen = rest.get(config).etag();
        done(rest.send("PATCH", config, "application/json", "{\"description\": \"one\"}", "If-Match", seen));
        refused(
                rest.send("PATCH", config, "application/json", "{\"description\": \"two\"}", "If-Match", seen),
                412,
                "It has been changed since it was read");
        assertThat(rest.get(config).json().getString("description")).isEqualTo("one");
        done(rest.send("PATCH", config, "application/json", "{\"description\": \"three\"}", "If-Match", "*"));
        String one = rest.get(config + "/description").etag();
        done(rest.send(
                "PUT", config + "/description", "application/json", "{\"description\": \"four\"}", "If-Match", one));
    }

    @Test
    void tagOfADomainShouldCoverWhatItDoesNotShow() {
        rest.form("POST", "/domains", "mail_host", "tag." + domain);
        String path = "/domains/tag." + domain;
        String seen = rest.get(path).etag();

        done(rest.form("PATCH", path, "owner", "olga@" + domain));
        refused(
                rest.send("PATCH", path, "application/json", "{\"owner\": \"otto@" + domain + "\"}", "If-Match", seen),
                412,
                "It has been changed since it was read");
        String owned = rest.get(path).etag();
        assertThat(owned).isNotEqualTo(seen);

        done(rest.send("DELETE", path + "/owners"));
        assertThat(rest.get(path).etag()).isNotEqualTo(owned);
    }

    @Test
    void tagShouldCoverPasswordsThoughTheyAreNotShown() {
        String list = aList();
        for (String path : List.of(list + "/config", list + "/config/moderator_password")) {
            String seen = rest.get(path).etag();
            done(rest.json("PATCH", list + "/config", "{\"moderator_password\": \"one of theirs " + path + "\"}"));
            Answer late = rest.send(
                    "PATCH", path, "application/json", "{\"moderator_password\": \"mine\"}", "If-Match", seen);
            refused(late, 412, "It has been changed since it was read");
            assertThat(rest.get(path).body()).doesNotContain("one of theirs");
        }

        String uri = list + "/uris/list:user:notice:welcome";
        done(rest.json(
                "PUT", uri, "{\"uri\": \"http://texts.example/a\", \"username\": \"u\", \"password\": \"theirs\"}"));
        String seen = rest.get(uri).etag();
        done(rest.json("PATCH", uri, "{\"password\": \"another\"}"));
        refused(
                rest.send("PATCH", uri, "application/json", "{\"password\": \"mine\"}", "If-Match", seen),
                412,
                "It has been changed since it was read");
    }

    @Test
    void smarthostShouldBeChangedOnlyAsItWasSeen() {
        Rest site = new Rest("http://127.0.0.1:" + node.httpPort() + "/api", PackagedNode.USER, PackagedNode.PASSWORD);
        assertThat(site.json(
                                "POST",
                                "/smarthosts",
                                "{\"name\": \"tagged\", \"host\": \"relay.example\", \"enabled\": false}")
                        .status())
                .isEqualTo(201);
        String path = "/smarthosts/tagged";
        String seen = site.get(path).json().getString("http_etag");
        assertThat(site.send("PATCH", path, "application/json", "{\"weight\": 3}", "If-Match", seen)
                        .status())
                .isEqualTo(200);

        assertThat(site.send("PATCH", path, "application/json", "{\"weight\": 4}", "If-Match", seen)
                        .status())
                .isEqualTo(412);
        assertThat(site.send("DELETE", path, null, "", "If-Match", seen).status())
                .isEqualTo(412);

        assertThat(site.get(path).json().getInt("weight")).isEqualTo(3);
        assertThat(site.send("DELETE", path).status()).isEqualTo(204);
    }

    @Test
    void aPostShouldNotSpoilTheTagOfTheConfiguration() throws IOException {
        String list = aList();
        aMember(list, "anne@" + domain, "member");
        Answer seen = rest.get(list + "/config");
        String messageId = PackagedNode.newMessageId();
        node.deliver(
                "anne@" + domain,
                List.of("ant@" + domain),
                PackagedNode.message("anne@" + domain, "ant@" + domain, "Counted", messageId));
        assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();

        JsonObject now = rest.get(list + "/config").json();
        assertThat(now.getInt("post_id")).isEqualTo(seen.json().getInt("post_id") + 1);
        assertThat(now.get("last_post_at")).isNotEqualTo(seen.json().get("last_post_at"));
        done(rest.send("PATCH", list + "/config", "application/json", "{\"info\": \"x\"}", "If-Match", seen.etag()));
        assertThat(rest.get(list + "/config").json().getString("info")).isEqualTo("x");
    }

    static List<Write> writes() {
        return MailmanWrites.all();
    }

    /** What is shown changes only by the write whose tag is right; where there is nothing yet, no tag is. */
    @ParameterizedTest
    @MethodSource("writes")
    void writeShouldBeMadeOnlyToWhatItsClientHasSeen(Write write) {
        MailmanWrites site = new MailmanWrites(rest, domain, this::aHeldPost, () -> anEntry("ARCHIVE"));
        String path = "/" + site.filled(write.path());
        String body = site.filled(write.body());
        String shownAt = write.isFirst() ? path : "/" + site.filled(write.shownAt());
        Answer before = rest.get(shownAt);
        assertThat(before.status()).as(before.body()).isEqualTo(write.isFirst() ? 404 : 200);

        for (String wrong : write.isFirst() ? List.of("\"stale\"", "*") : List.of("\"stale\"")) {
            refused(sent(write, path, body, "If-Match", wrong), 412, "It has been changed since it was read");
        }
        assertThat(rest.get(shownAt).body()).isEqualTo(before.body());

        Answer made = write.isFirst()
                ? sent(write, path, body)
                : sent(write, path, body, "If-Match", "\"other\", " + before.etag());
        assertThat(made.status()).as(made.body()).isBetween(200, 204);
    }

    private static Answer sent(Write write, String path, String body, String... headers) {
        String type =
                body.isEmpty() ? null : body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded";
        return rest.send(write.method(), path, type, body, headers);
    }

    @Test
    void everyWriteShouldBeAmongThoseThatAreTried() {
        Set<String> tried = writes().stream()
                .map(write -> write.method() + " /" + write.path())
                .collect(Collectors.toSet());
        List<String> none = List.of(
                "POST /lists/find", // these ask
                "POST /members/find",
                "POST /lists/{list}/header-matches/find",
                "POST /users/{user}/login",
                "DELETE /lists/{list}/config"); // always refused
        assertThat(MailmanWrites.there()).hasSizeGreaterThan(60).allSatisfy(write -> {
            Pattern path = Pattern.compile(write.replaceAll("\\{[^}]*}", "[^/]+"));
            assertThat(tried.stream().anyMatch(path.asMatchPredicate()) || none.contains(write))
                    .as(write)
                    .isTrue();
        });
    }

    @Test
    void knownTagShouldBeAnsweredWith304() {
        String list = aList();
        Answer first = rest.get(list);
        Answer again = rest.get(list, "If-None-Match", first.etag());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(rest.get(list, "If-None-Match", "\"other\"").status()).isEqualTo(200);
    }

    @Test
    void methodThatIsNotThereShouldBeAnsweredWithThoseThatAre() {
        String list = aList();
        Answer answer = rest.send("POST", list);
        refused(answer, 405, "405 Method Not Allowed");
        assertThat(answer.header("Allow").orElseThrow())
                .contains("GET", "DELETE", "OPTIONS")
                .doesNotContain("PATCH");
        Answer options = rest.send("OPTIONS", list + "/config");
        assertThat(options.status()).isBetween(200, 204);
        assertThat(options.header("Allow").orElseThrow()).contains("GET", "PUT", "PATCH", "HEAD", "OPTIONS");
        Answer head = rest.send("HEAD", list);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.header("ETag")).contains(rest.get(list).etag());
    }

    // --- system

    @ParameterizedTest
    @ValueSource(strings = {"/system", "/system/versions"})
    void versionsShouldSayWhatAnswers(String path) {
        JsonObject versions = rest.get(path).json();
        assertThat(versions.getString("mailman_version")).startsWith("GNU Mailman 3.");
        assertThat(versions.getString("api_version")).isEqualTo("3.1");
        JsonObject older = old.get(path).json();
        assertThat(older.getString("api_version")).isEqualTo("3.0");
        assertThat(older.getString("self_link")).isEqualTo("http://localhost:8080/3.0/system/versions");
        assertThat(versions).containsKeys("python_version", "http_etag");
        assertThat(versions.getString("self_link")).isEqualTo("http://localhost:8080/3.1/system/versions");
        assertThat(rest.send("PATCH", path).status()).isEqualTo(405);
    }

    @Test
    void systemPreferencesShouldBeTheSevenThatCountWhereNobodyWishes() {
        assertThat(rest.get("/system/preferences").json())
                .containsEntry("acknowledge_posts", JsonValue.FALSE)
                .containsEntry("delivery_mode", Json.createValue("regular"))
                .containsEntry("delivery_status", Json.createValue("enabled"))
                .containsEntry("hide_address", JsonValue.TRUE)
                .containsEntry("preferred_language", Json.createValue("en"))
                .containsEntry("receive_list_copy", JsonValue.TRUE)
                .containsEntry("receive_own_postings", JsonValue.TRUE);
        assertThat(rest.form("PATCH", "/system/preferences", "hide_address", "no")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void configurationShouldHaveSectionsOfFlatTextsWithoutSecrets() {
        List<String> sections = texts(rest.get("/system/configuration").json().getJsonArray("sections"));
        assertThat(sections)
                .isSorted()
                .contains("mailman", "mta", "webservice", "database", "language.de", "runner.in");
        for (String section : sections) {
            Answer answer = rest.get("/system/configuration/" + section);
            assertThat(answer.status()).as(section).isEqualTo(200);
            assertThat(answer.json().values())
                    .allSatisfy(value -> assertThat(value).isInstanceOf(JsonString.class));
            assertThat(answer.body()).doesNotContain(PackagedNode.PASSWORD);
        }
        assertThat(rest.get("/system/configuration/mta").json().getString("lmtp_port"))
                .isEqualTo(Integer.toString(node.lmtpPort()));
        assertThat(rest.get("/system/configuration/bogus").status()).isEqualTo(404);
    }

    @Test
    void pipelinesAndChainsShouldBeNamedInOrder() {
        assertThat(texts(rest.get("/system/pipelines").json().getJsonArray("pipelines")))
                .containsExactly("default-owner-pipeline", "default-posting-pipeline", "virgin");
        assertThat(texts(rest.get("/system/chains").json().getJsonArray("chains")))
                .containsExactly(
                        "accept",
                        "default-owner-chain",
                        "default-posting-chain",
                        "discard",
                        "dmarc",
                        "header-match",
                        "hold",
                        "moderation",
                        "reject");
    }

    // --- domains

    @Test
    void domainShouldBeMadeWithAllItsFields() {
        String path = created(rest.form(
                "POST",
                "/domains",
                "mail_host",
                domain,
                "description",
                "A domain",
                "alias_domain",
                "alias." + domain,
                "base_url",
                "https://lists.example.com",
                "owner",
                "anne@example.com",
                "owner",
                "bart@example.com"));
        assertThat(path).isEqualTo("/domains/" + domain);
        assertThat(rest.get(path).json())
                .containsEntry("mail_host", Json.createValue(domain))
                .containsEntry("description", Json.createValue("A domain"))
                .containsEntry("alias_domain", Json.createValue("alias." + domain))
                .containsEntry("base_url", Json.createValue("https://lists.example.com"))
                .containsKeys("self_link", "http_etag");
        assertThat(rest.get(path + "/owners").entries()).hasSize(2);
    }

    @Test
    void domainByJsonShouldHaveNullsForWhatIsNotGiven() {
        created(rest.json("POST", "/domains", "{\"mail_host\": \"" + domain + "\"}"));
        assertThat(rest.get("/domains/" + domain).json())
                .containsEntry("description", JsonValue.NULL)
                .containsEntry("alias_domain", JsonValue.NULL);
    }

    @Test
    void domainThatCannotBeMadeShouldSayWhy() {
        aDomain();
        refused(rest.form("POST", "/domains", "mail_host", domain), 400, "Duplicate email host: " + domain);
        refused(rest.form("POST", "/domains", "description", "x"), 400, "Missing Parameter: mail_host");
        refused(
                rest.form("POST", "/domains", "mail_host", "x.example.com", "bogus", "1"),
                400,
                "Unexpected parameters: bogus");
        assertThat(rest.form("POST", "/domains", "mail_host", "not a domain").description())
                .startsWith("Invalid Parameter \"mail_host\": ");
        assertThat(rest.form("POST", "/domains", "mail_host", "y." + domain, "owner", "nobody")
                        .description())
                .startsWith("Invalid Parameter \"owner\": 'nobody': ");
        assertThat(rest.form("POST", "/domains", "mail_host", "y." + domain, "alias_domain", "no domain")
                        .description())
                .startsWith("Invalid Parameter \"alias_domain\": 'no domain': ");
        assertThat(rest.form("POST", "/domains", "mail_host", "y." + domain, "base_url", "ftp://x")
                        .description())
                .startsWith("Invalid Parameter \"base_url\": 'ftp://x': ");
        assertThat(rest.get("/domains/y." + domain).status()).as("rolled back").isEqualTo(404);
    }

    @Test
    void domainShouldBeChangedByPatchAndPut() {
        aDomain();
        String path = "/domains/" + domain;
        done(rest.form("PATCH", path, "description", "Patched"));
        assertThat(rest.get(path).json().getString("description")).isEqualTo("Patched");
        done(rest.json("PATCH", path, "{\"alias_domain\": \"alias." + domain + "\"}"));
        assertThat(rest.get(path).json().getString("alias_domain")).isEqualTo("alias." + domain);
        assertThat(rest.get(path).json().getString("description")).isEqualTo("Patched");
        refused(rest.form("PUT", path, "description", "x"), 400, "Missing Parameter: alias_domain, owner");
        done(rest.form("PUT", path, "description", "Put", "alias_domain", "", "owner", "cris@example.com"));
        assertThat(rest.get(path).json())
                .containsEntry("description", Json.createValue("Put"))
                .containsEntry("alias_domain", JsonValue.NULL);
        assertThat(rest.get(path + "/owners").entries()).hasSize(1);
        refused(rest.form("PATCH", path, "mail_host", "x.org"), 400, "Unexpected parameters: mail_host");
        assertThat(rest.form("PATCH", path, "owner", "nobody").description())
                .startsWith("Invalid Parameter \"owner\": ");
        assertThat(rest.form("PATCH", path, "alias_domain", "no domain").description())
                .startsWith("Invalid Parameter \"alias_domain\": ");
        assertThat(rest.form("PUT", path, "description", "x", "alias_domain", "", "owner", "nobody")
                        .description())
                .startsWith("Invalid Parameter \"owner\": ");
        assertThat(rest.form("POST", path + "/owners", "owner", "nobody").description())
                .startsWith("Invalid Parameter \"owner\": ");
        assertThat(rest.get(path).json().getString("description")).isEqualTo("Put");
        assertThat(rest.form("PATCH", "/domains/none.example.com", "description", "x")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void deletedDomainShouldTakeItsListsAlong() {
        String list = aList();
        done(rest.send("DELETE", "/domains/" + domain));
        assertThat(rest.get("/domains/" + domain).status()).isEqualTo(404);
        assertThat(rest.get(list).status()).isEqualTo(404);
        assertThat(rest.send("DELETE", "/domains/" + domain).status()).isEqualTo(404);
    }

    @Test
    void domainsListsShouldBeShownAndFiltered() {
        String list = aList();
        created(rest.form("POST", "/lists", "fqdn_listname", "bee@" + domain));
        done(rest.form("PATCH", list + "/config", "advertised", "False"));
        String path = "/domains/" + domain + "/lists";
        assertThat(rest.get(path).entries()).hasSize(2);
        assertThat(rest.get(path + "?advertised=true").entries())
                .extracting(entry -> entry.getString("list_name"))
                .containsExactly("bee");
        assertThat(rest.get("/domains/none.example.com/lists").status()).isEqualTo(404);
    }

    @Test
    void domainsOwnersShouldBeAddedAndRemoved() {
        aDomain();
        String path = "/domains/" + domain + "/owners";
        assertThat(rest.get(path).entries()).isEmpty();
        done(rest.form("POST", path, "owner", "anne@" + domain));
        done(rest.json("POST", path, "{\"owner\": [\"bart@" + domain + "\", \"anne@" + domain + "\"]}"));
        assertThat(rest.get(path).entries())
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry)
                        .containsKeys("user_id", "created_on", "is_server_owner", "self_link", "http_etag"));
        refused(rest.form("POST", path), 400, "Missing Parameter: owner");
        done(rest.send("DELETE", path));
        assertThat(rest.get(path).entries()).isEmpty();
        assertThat(rest.get("/domains/none.example.com/owners").status()).isEqualTo(404);
    }

    // --- lists

    @Test
    void listShouldBeMadeAndShownByListIdAndAddress() {
        aDomain();
        assertThat(created(rest.form("POST", "/lists", "fqdn_listname", "ant@" + domain)))
                .isEqualTo("/lists/ant." + domain);
        JsonObject list = rest.get("/lists/ant." + domain).json();
        assertThat(list)
                .containsEntry("advertised", JsonValue.TRUE)
                .containsEntry("display_name", Json.createValue("Ant"))
                .containsEntry("fqdn_listname", Json.createValue("ant@" + domain))
                .containsEntry("list_id", Json.createValue("ant." + domain))
                .containsEntry("list_name", Json.createValue("ant"))
                .containsEntry("mail_host", Json.createValue(domain))
                .containsEntry("member_count", Json.createValue(0))
                .containsEntry("volume", Json.createValue(1))
                .containsKeys("description", "self_link");
        assertThat(rest.get("/lists/ant@" + domain).json()).isEqualTo(list);
        assertThat(rest.get("/lists").entries()).contains(list);
    }

    @Test
    void listShouldBeMadeInAStyle() {
        aDomain();
        created(rest.json(
                "POST", "/lists", "{\"fqdn_listname\": \"news@" + domain + "\", \"style_name\": \"legacy-announce\"}"));
        assertThat(rest.get("/lists/news." + domain + "/config/allow_list_posts")
                        .json())
                .containsEntry("allow_list_posts", JsonValue.FALSE);
        assertThat(rest.form("POST", "/lists", "fqdn_listname", "x@" + domain, "style_name", "bogus")
                        .description())
                .startsWith("Invalid Parameter \"style_name\": ");
    }

    @Test
    void listThatCannotBeMadeShouldSayWhy() {
        aList();
        refused(rest.form("POST", "/lists", "fqdn_listname", "ant@" + domain), 400, "Mailing list exists");
        refused(
                rest.form("POST", "/lists", "fqdn_listname", "ant@none.example.com"),
                400,
                "Domain does not exist: none.example.com");
        refused(rest.form("POST", "/lists"), 400, "Missing Parameter: fqdn_listname");
        refused(rest.form("POST", "/lists", "fqdn_listname", "b@" + domain, "x", ""), 400, "Unexpected parameters: x");
        assertThat(rest.form("POST", "/lists", "fqdn_listname", "no address").status())
                .isEqualTo(400);
    }

    @Test
    void advertisedListsShouldBeAskedFor() {
        String list = aList();
        done(rest.form("PATCH", list + "/config", "advertised", "no"));
        JsonObject hidden = rest.get(list).json();
        assertThat(rest.get("/lists").entries()).contains(hidden);
        assertThat(rest.get("/lists?advertised=true").entries()).doesNotContain(hidden);
        assertThat(rest.get("/lists?advertised=false").entries()).contains(hidden);
        refused(
                rest.get("/lists?advertised=maybe"),
                400,
                "Invalid Parameter \"advertised\": Invalid boolean value: maybe.");
    }

    @Test
    void largerPostsThanTheSitesShouldNotBeAskedFor() {
        String list = aList();
        refused(
                rest.form("PATCH", list + "/config", "max_message_size", "61440"),
                400,
                "Invalid Parameter \"max_message_size\": 60 MB is more than the site allows (50 MB).");
        done(rest.form("PATCH", list + "/config", "max_message_size", "51200"));
    }

    @Test
    void listShouldBeDeletedOnce() {
        String list = aList();
        done(rest.send("DELETE", list));
        refused(rest.get(list), 404, "404 Not Found");
        assertThat(rest.send("DELETE", list).status()).isEqualTo(404);
    }

    @Test
    void stylesShouldBeDescribed() {
        JsonObject styles = rest.get("/lists/styles").json();
        assertThat(styles.getString("default")).isEqualTo("legacy-default");
        assertThat(texts(styles.getJsonArray("style_names")))
                .containsExactlyInAnyOrder("legacy-announce", "legacy-default", "private-default");
        assertThat(styles.getJsonArray("styles").getValuesAs(JsonObject.class))
                .anySatisfy(style -> assertThat(style)
                        .containsEntry("name", Json.createValue("legacy-announce"))
                        .containsEntry("description", Json.createValue("Announce only mailing list style.")));
    }

    @Test
    void listsOfASubscriberShouldBeFoundOnceEach() {
        String list = aList();
        created(rest.form("POST", "/lists", "fqdn_listname", "bee@" + domain));
        String anne = "anne@" + domain;
        aMember(list, anne, "member");
        aMember(list, anne, "owner");
        aMember("/lists/bee." + domain, anne, "moderator");
        assertThat(rest.form("POST", "/lists/find", "subscriber", anne).entries())
                .extracting(entry -> entry.getString("list_name"))
                .containsExactly("ant", "bee");
        assertThat(rest.json("POST", "/lists/find", "{\"subscriber\": \"" + anne + "\", \"role\": \"moderator\"}")
                        .entries())
                .extracting(entry -> entry.getString("list_name"))
                .containsExactly("bee");
        assertThat(rest.get("/lists/find?subscriber=" + Rest.quoted(anne) + "&count=1&page=2")
                        .entries())
                .extracting(entry -> entry.getString("list_name"))
                .containsExactly("bee");
        assertThat(rest.form("POST", "/lists/find", "subscriber", anne, "role", "nonmember")
                        .status())
                .isEqualTo(404);
        assertThat(rest.form("POST", "/lists/find", "subscriber", "nobody@" + domain)
                        .status())
                .isEqualTo(404);
        refused(rest.form("POST", "/lists/find"), 400, "Missing Parameter: subscriber");
        assertThat(rest.form("POST", "/lists/find", "subscriber", anne, "role", "king")
                        .description())
                .isEqualTo("Invalid Parameter \"role\": Accepted Values are: member, owner, moderator, nonmember.");
    }

    // --- configuration

    @Test
    void configurationShouldBePutAsAWholeOnlyWithAllThatCanBeWritten() {
        String list = aList();
        done(rest.form("PATCH", list + "/config", "posting_chain", "hold"));
        JsonObject shown = rest.get(list + "/config").json();
        jakarta.json.JsonObjectBuilder writable = Json.createObjectBuilder();
        MailmanConfig.NAMES.stream()
                .filter(name -> !MailmanConfig.READ_ONLY.contains(name))
                .forEach(name -> writable.add(name, shown.get(name)));
        JsonObject all = writable.add("display_name", "Ants").build();
        done(rest.json("PUT", list + "/config", all.toString()));
        assertThat(rest.get(list + "/config/display_name").json().getString("display_name"))
                .isEqualTo("Ants");
        assertThat(rest.get(list + "/config").json().getString("posting_chain"))
                .as("what Mailman's clients do not know stays")
                .isEqualTo("hold");
        done(rest.json(
                "PUT",
                list + "/config",
                Json.createObjectBuilder(all)
                        .add("posting_chain", "default-posting-chain")
                        .build()
                        .toString()));
        assertThat(rest.get(list + "/config").json().getString("posting_chain")).isEqualTo("default-posting-chain");
        refused(
                rest.json(
                        "PUT",
                        list + "/config",
                        Json.createObjectBuilder(all)
                                .remove("info")
                                .remove("emergency")
                                .build()
                                .toString()),
                400,
                "Missing Parameter: emergency, info");
        refused(
                rest.json(
                        "PUT",
                        list + "/config",
                        Json.createObjectBuilder(all).add("bogus", 1).build().toString()),
                400,
                "Unexpected parameters: bogus");
        refused(rest.send("DELETE", list + "/config"), 400, "Cannot delete the list configuration itself");
    }

    @Test
    void attributesShouldBePatchedTogetherOrNotAtAll() {
        String list = aList();
        done(rest.form(
                "PATCH",
                list + "/config",
                "max_message_size",
                "100",
                "bounce_info_stale_after",
                "1d3.5s",
                "archive_policy",
                "private",
                "default_member_action",
                "hold",
                "digest_size_threshold",
                "10.5"));
        assertThat(rest.get(list + "/config").json())
                .containsEntry("max_message_size", Json.createValue(100))
                .containsEntry("bounce_info_stale_after", Json.createValue("1d3.5s"))
                .containsEntry("archive_policy", Json.createValue("private"))
                .containsEntry("default_member_action", Json.createValue("hold"));
        assertThat(rest.form("PATCH", list + "/config", "max_message_size", "200", "archive_policy", "secret")
                        .description())
                .startsWith("Invalid Parameter \"archive_policy\": ");
        assertThat(rest.get(list + "/config/max_message_size").json().getInt("max_message_size"))
                .isEqualTo(100);
        refused(rest.form("PATCH", list + "/config", "bogus", "1"), 400, "Unknown attribute: bogus");
        refused(rest.form("PATCH", list + "/config", "list_name", "bee"), 400, "Read-only attribute: list_name");
        assertThat(rest.form("PATCH", "/lists/none.example.com/config", "info", "x")
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"enable, true", "enabled, true", "Yes, true", "disable, false", "disabled, false", "off, false"})
    void settingsAndFlagsShouldTakeTheSameWordsForTrueAndFalse(String word, boolean meant) {
        String list = aList();
        done(rest.form("PATCH", list + "/config", "emergency", meant ? "no" : "yes"));
        done(rest.form("PATCH", list + "/config", "emergency", word));
        assertThat(rest.get(list + "/config/emergency").json().getBoolean("emergency"))
                .isEqualTo(meant);
        assertThat(rest.form("POST", list + "/digest", "bump", word).status()).isEqualTo(202);
        assertThat(rest.get(list + "/digest").json().getInt("next_digest_number"))
                .isEqualTo(meant ? 2 : 1);
    }

    @Test
    void nothingShouldBeNeitherTrueNorFalse() {
        String list = aList();
        assertThat(rest.form("PATCH", list + "/config", "emergency", "").status())
                .isEqualTo(400);
        assertThat(rest.form("POST", list + "/digest", "bump", "").status()).isEqualTo(400);
    }

    @Test
    void oneAttributeShouldBeReadPutPatchedAndCleared() {
        String list = aList();
        String info = list + "/config/info";
        done(rest.form("PUT", info, "info", "About ants"));
        assertThat(rest.get(info).json().getString("info")).isEqualTo("About ants");
        done(rest.json("PATCH", info, "{\"info\": \"More\"}"));
        assertThat(rest.get(info).json().getString("info")).isEqualTo("More");
        refused(rest.form("PATCH", info, "display_name", "x"), 400, "Unexpected parameters: display_name");
        refused(rest.form("PUT", info), 400, "Missing Parameter: info");
        refused(rest.send("DELETE", info), 400, "Attribute cannot be DELETEd: info");
        done(rest.form("PUT", list + "/config/acceptable_aliases", "acceptable_aliases", "bee@example.com"));
        done(rest.send("DELETE", list + "/config/acceptable_aliases"));
        assertThat(rest.get(list + "/config/acceptable_aliases").json().getJsonArray("acceptable_aliases"))
                .isEmpty();
        refused(rest.send("DELETE", list + "/config/volume"), 400, "Read-only attribute: volume");
        refused(rest.form("PUT", list + "/config/volume", "volume", "2"), 400, "Read-only attribute: volume");
        assertThat(rest.get(list + "/config/bogus").status()).isEqualTo(404);
        assertThat(rest.form("PATCH", list + "/config/bogus", "bogus", "1").status())
                .isEqualTo(404);
        assertThat(rest.send("DELETE", list + "/config/bogus").status()).isEqualTo(404);
    }

    // --- archivers, digest, bans, header matches

    @Test
    void archiversShouldBeNoneAsLongAsThereIsNone() {
        String list = aList();
        assertThat(rest.get(list + "/archivers").json()).containsOnlyKeys("http_etag");
        refused(rest.form("PATCH", list + "/archivers", "mhonarc", "True"), 400, "Unexpected parameters: mhonarc");
        refused(rest.json("PUT", list + "/archivers", "{\"mhonarc\": true}"), 400, "Unexpected parameters: mhonarc");
        done(rest.json("PUT", list + "/archivers", "{}"));
        assertThat(rest.get("/lists/none.example.com/archivers").status()).isEqualTo(404);
    }

    @Test
    void digestShouldBeNumberedAndBumped() {
        String list = aList();
        assertThat(rest.get(list + "/digest").json())
                .containsEntry("next_digest_number", Json.createValue(1))
                .containsEntry("volume", Json.createValue(1));
        assertThat(rest.form("POST", list + "/digest", "bump", "True").status()).isEqualTo(202);
        assertThat(rest.get(list + "/digest").json().getInt("next_digest_number"))
                .isEqualTo(2);
        assertThat(rest.json("POST", list + "/digest", "{\"send\": true}").status())
                .isEqualTo(202);
        assertThat(rest.form("POST", list + "/digest", "periodic", "yes").status())
                .isEqualTo(202);
        assertThat(rest.form("POST", list + "/digest").status()).isEqualTo(200);
        assertThat(rest.get(list + "/digest").json().getInt("next_digest_number"))
                .as("nothing has gone out")
                .isEqualTo(2);
        refused(
                rest.form("POST", list + "/digest", "send", "1", "periodic", "1"),
                400,
                "send and periodic options are mutually exclusive");
        refused(rest.form("POST", list + "/digest", "bogus", "1"), 400, "Unexpected parameters: bogus");
        refused(
                rest.form("POST", list + "/digest", "send", "perhaps"),
                400,
                "Invalid Parameter \"send\": Invalid boolean value: perhaps.");
        assertThat(rest.get("/lists/none.example.com/digest").status()).isEqualTo(404);
        assertThat(rest.form("POST", "/lists/none.example.com/digest").status()).isEqualTo(404);
    }

    @Test
    void listsBansShouldBeMadeFoundAndLifted() {
        String list = aList();
        bansShouldWork(list + "/bans", "ant." + domain);
        assertThat(rest.get("/lists/none.example.com/bans").status()).isEqualTo(404);
    }

    @Test
    void sitesBansShouldBeMadeFoundAndLifted() {
        bansShouldWork("/bans", null);
    }

    private void bansShouldWork(String bans, String listId) {
        String email = "spam@" + domain;
        assertThat(rest.get(bans + "/" + Rest.quoted(email)).status()).isEqualTo(404);
        String path = created(rest.form("POST", bans, "email", email));
        JsonObject ban = rest.get(path).json();
        assertThat(ban.getString("email")).isEqualTo(email);
        assertThat(ban.getString("list_id", null)).isEqualTo(listId);
        assertThat(rest.get(bans).entries()).contains(ban);
        refused(
                rest.json("POST", bans, "{\"email\": \"" + email + "\"}"),
                400,
                "Address is already in ban list: " + email);
        done(rest.send("DELETE", bans + "/" + Rest.quoted(email)));
        assertThat(rest.send("DELETE", bans + "/" + Rest.quoted(email)).status())
                .isEqualTo(404);

        for (String pattern : List.of("^.*@" + domain, "^a/b+c@.*" + domain, "^spam\\.[0-9]+@" + domain)) {
            String self = created(rest.form("POST", bans, "email", pattern));
            assertThat(rest.get(self).json().getString("email")).isEqualTo(pattern);
            done(rest.send("DELETE", self));
            assertThat(rest.get(self).status()).isEqualTo(404);
        }
        refused(rest.form("POST", bans), 400, "Missing Parameter: email");
        assertThat(rest.form("POST", bans, "email", "^(").description()).startsWith("Invalid Parameter \"email\": ");
        assertThat(rest.form("POST", bans, "email", "no address").status()).isEqualTo(400);
    }

    @Test
    void headerMatchesShouldBeAddedChangedMovedAndDeleted() {
        String matches = aList() + "/header-matches";
        assertThat(created(rest.form("POST", matches, "header", "X-Spam-Flag", "pattern", "^yes")))
                .isEqualTo(matches + "/0");
        created(rest.json(
                "POST",
                matches,
                "{\"header\": \"X-Score\", \"pattern\": \"[5-9]\", \"action\": \"discard\", \"tag\": \"spam\"}"));
        assertThat(rest.get(matches + "/0").json())
                .containsEntry("header", Json.createValue("x-spam-flag"))
                .containsEntry("pattern", Json.createValue("^yes"))
                .containsEntry("position", Json.createValue(0))
                .containsKeys("self_link", "http_etag")
                .doesNotContainKeys("action", "tag");
        assertThat(rest.get(matches + "/1").json())
                .containsEntry("action", Json.createValue("discard"))
                .containsEntry("tag", Json.createValue("spam"));
        assertThat(rest.get(matches).entries()).hasSize(2);

        done(rest.form("PATCH", matches + "/1", "position", "0", "action", "hold"));
        assertThat(rest.get(matches + "/0").json())
                .containsEntry("header", Json.createValue("x-score"))
                .containsEntry("action", Json.createValue("hold"))
                .containsEntry("tag", Json.createValue("spam"));
        done(rest.form("PUT", matches + "/0", "header", "x-score", "pattern", "[6-9]"));
        assertThat(rest.get(matches + "/0").json()).doesNotContainKeys("action", "tag");

        refused(
                rest.form("POST", matches, "header", "x-score", "pattern", "[6-9]"),
                400,
                "This header match already exists");
        refused(rest.form("POST", matches, "header", "x"), 400, "Missing Parameter: pattern");
        assertThat(rest.form("POST", matches, "header", "x", "pattern", "(").description())
                .startsWith("Invalid Parameter \"pattern\": ");
        assertThat(rest.form("POST", matches, "header", "x", "pattern", "y", "action", "sing")
                        .description())
                .startsWith("Invalid Parameter \"action\": Accepted Values are: ");
        assertThat(rest.get(matches + "/7").status()).isEqualTo(404);
        assertThat(rest.form("PATCH", matches + "/7", "tag", "x").status()).isEqualTo(404);

        done(rest.send("DELETE", matches + "/0"));
        assertThat(rest.get(matches + "/0").json().getString("header")).isEqualTo("x-spam-flag");
        done(rest.send("DELETE", matches));
        assertThat(rest.get(matches).entries()).isEmpty();
        assertThat(rest.send("DELETE", matches + "/0").status()).isEqualTo(404);
    }

    @Test
    void headerMatchesShouldBeFoundByWhatTheySay() {
        String matches = aList() + "/header-matches";
        created(rest.form("POST", matches, "header", "a", "pattern", "1", "tag", "t", "action", "hold"));
        created(rest.form("POST", matches, "header", "b", "pattern", "2", "tag", "t"));
        assertThat(rest.form("POST", matches + "/find", "tag", "t").entries()).hasSize(2);
        assertThat(rest.json("POST", matches + "/find", "{\"header\": \"B\"}").entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getInt("position")).isEqualTo(1));
        assertThat(rest.get(matches + "/find?action=hold").entries()).hasSize(1);
        assertThat(rest.form("POST", matches + "/find", "tag", "other").status())
                .isEqualTo(404);
        refused(rest.form("POST", matches + "/find", "bogus", "x"), 400, "Unexpected parameters: bogus");
    }

    // --- templates by address

    @Test
    void sitesTemplatesShouldBeKept() {
        urisShouldWork("/uris");
    }

    @Test
    void domainsTemplatesShouldBeKept() {
        aDomain();
        urisShouldWork("/domains/" + domain + "/uris");
        assertThat(rest.get("/domains/none.example.com/uris").status()).isEqualTo(404);
    }

    @Test
    void listsTemplatesShouldBeKept() {
        urisShouldWork(aList() + "/uris");
        assertThat(rest.get("/lists/none.example.com/uris").status()).isEqualTo(404);
    }

    private void urisShouldWork(String uris) {
        assertThat(rest.get(uris).entries()).isEmpty();
        String welcome = "list:user:notice:welcome";
        done(rest.form(
                "PATCH", uris, welcome, "https://a.example/w", "list:member:regular:footer", "mailman:///f.txt"));
        assertThat(rest.get(uris).entries())
                .extracting(entry -> entry.getString("name"), entry -> entry.getString("uri"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("list:member:regular:footer", "mailman:///f.txt"),
                        org.assertj.core.groups.Tuple.tuple(welcome, "https://a.example/w"));
        String one = uris + "/" + Rest.quoted(welcome);
        JsonObject shown = rest.get(one).json();
        assertThat(rest.get(uris).entries()).contains(shown);
        assertThat(shown).containsKeys("self_link", "http_etag").doesNotContainKeys("username", "password");

        done(rest.json(
                "PATCH",
                uris,
                "{\"" + welcome
                        + "\": \"https://b.example/w\", \"username\": \"anne\", \"password\": \"s3cret-word\"}"));
        assertThat(rest.get(one).json()).containsEntry("username", Json.createValue("anne"));
        assertThat(rest.get(one).body() + rest.get(uris).body()).doesNotContain("s3cret-word");

        done(rest.form("PATCH", one, "uri", "https://c.example/w"));
        assertThat(rest.get(one).json())
                .containsEntry("uri", Json.createValue("https://c.example/w"))
                .doesNotContainKey("username");
        done(rest.json("PUT", one, "{\"uri\": \"https://d.example/w\", \"username\": \"bart\"}"));
        assertThat(rest.get(one).json().getString("username")).isEqualTo("bart");
        assertThat(rest.send(
                                "PUT",
                                one,
                                "application/json",
                                "{\"uri\": \"https://e.example/w\"}",
                                "If-Match",
                                "\"stale\"")
                        .status())
                .isEqualTo(412);
        refused(rest.form("PUT", one, "username", "x"), 400, "Missing Parameter: uri");
        refused(rest.form("PATCH", one, "bogus", "x"), 400, "Unexpected parameters: bogus");
        assertThat(rest.form("PATCH", uris, welcome, "no address").description())
                .startsWith("Invalid Parameter \"" + welcome + "\": ");
        refused(
                rest.form("PATCH", uris, "list:user:notice:bogus", "https://a.example/"),
                400,
                "Unexpected parameters: list:user:notice:bogus");
        assertThat(rest.get(uris + "/list:user:notice:bogus").status()).isEqualTo(404);
        assertThat(rest.form("PUT", uris, welcome, "https://a.example/w").description())
                .startsWith("Missing Parameter: ");

        String[] all = java.util.stream.Stream.concat(
                        TEMPLATES.stream()
                                .filter(name -> !name.equals(welcome))
                                .flatMap(name -> java.util.stream.Stream.of(name, "mailman:///x")),
                        java.util.stream.Stream.of(welcome, ""))
                .toArray(String[]::new);
        done(rest.form("PUT", uris, all));
        assertThat(rest.get(uris).json().getInt("total_size")).isEqualTo(TEMPLATES.size() - 1);
        assertThat(rest.get(one).status()).as("an empty address deletes").isEqualTo(404);
        done(rest.send("DELETE", uris + "/list:user:notice:goodbye"));
        assertThat(rest.send("DELETE", uris + "/list:user:notice:goodbye").status())
                .isEqualTo(404);
        done(rest.send("DELETE", uris));
        assertThat(rest.get(uris).entries()).isEmpty();
    }

    @Test
    void templatesStateShouldBeVisible() {
        String list = aList();
        done(rest.form("PATCH", list + "/uris", "list:user:notice:hold", "https://elsewhere.example.org/t"));
        assertThat(Eventually.holds(
                        SOON, () -> node.get("/api/templates").body().contains("POSTHORN_TEMPLATE_HOSTS")))
                .isTrue();
        assertThat(node.get("/api/templates").body())
                .contains("\"context\":\"ant." + domain + "\"", "\"state\":\"failed\"");
    }

    @Test
    void textsShouldBeWrittenForListDomainAndSite() {
        aList();
        String api = "http://127.0.0.1:" + node.httpPort() + "/api";
        for (String at : List.of(api + "/lists/ant." + domain, api + "/templates/" + domain, api + "/templates/site")) {
            String texts = at.contains("/lists/") ? at + "/templates" : at;
            String one = texts + "/list:user:notice:goodbye/de";
            assertThat(rest.get(one).status()).as(one).isEqualTo(404);
            done(rest.json("PUT", one, "{\"text\": \"Tsch\\u00fcs\\n$listname\\n\"}"));
            Answer seen = rest.get(one);
            assertThat(seen.json().getString("text")).isEqualTo("Tsch\u00fcs\n$listname\n");
            assertThat(rest.get(texts).body()).contains("\"name\":\"list:user:notice:goodbye\",\"language\":\"de\"");
            done(rest.send("PUT", one, "application/json", "{\"text\": \"two\"}", "If-Match", seen.etag()));
            assertThat(rest.send("PUT", one, "application/json", "{\"text\": \"three\"}", "If-Match", seen.etag())
                            .status())
                    .isEqualTo(412);
            assertThat(rest.get(one).json().getString("text")).isEqualTo("two");
            assertThat(rest.json("PUT", texts + "/list:user:notice:goodbye/german", "{\"text\": \"x\"}")
                            .status())
                    .isEqualTo(400);
            assertThat(rest.json("PUT", texts + "/list:user:notice:nothing/de", "{\"text\": \"x\"}")
                            .status())
                    .isEqualTo(404);
            done(rest.send("DELETE", one));
            assertThat(rest.send("DELETE", one).status()).isEqualTo(404);
        }
    }

    @Test
    void textShouldBeTriedWithoutBeingStored() {
        aList();
        String texts = "http://127.0.0.1:" + node.httpPort() + "/api/lists/ant." + domain + "/templates";
        String one = texts + "/list:user:notice:welcome/any";
        JsonObject tried = rest.json("POST", one + "/preview", "{\"text\": \"$listname\\n${nonsense} $$\"}")
                .json();
        assertThat(tried.getString("text")).isEqualTo("ant@" + domain + "\n${nonsense} $");
        assertThat(tried.getJsonArray("unknown")).hasToString("[{\"name\":\"nonsense\",\"line\":2}]");
        assertThat(tried.getString("from")).isEqualTo("ant-owner@" + domain);
        assertThat(tried.getString("subject")).isEqualTo("Welcome to Ant");
        Answer refused = rest.json("PUT", one, "{\"text\": \"$listname\\n${nonsense}\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("$nonsense in line 2", "user_email");
        assertThat(rest.get(one).status()).isEqualTo(404);
        assertThat(rest.json("POST", one + "/preview", "{}").status()).isEqualTo(400);
    }

    // --- held messages

    /** @return the number of a post that waits on the list ant */
    private String aHeldPost() {
        try {
            return Integer.toString(aHeldPost("/lists/ant." + domain, "Wait").getInt("request_id"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonObject aHeldPost(String list, String subject) throws IOException {
        String messageId = PackagedNode.newMessageId();
        String address = "ant@" + domain;
        assertThat(node.deliver(
                        "stranger@example.org",
                        List.of(address),
                        PackagedNode.message("stranger@example.org", address, subject, messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();
        return rest.get(list + "/held").entries().stream()
                .filter(entry -> entry.getString("message_id").equals(messageId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void heldPostShouldBeShownWithAllItsFields() throws IOException {
        String list = aList();
        JsonObject entry = aHeldPost(list, "Let me in");
        assertThat(entry)
                .containsEntry("subject", Json.createValue("Let me in"))
                .containsEntry("original_subject", Json.createValue("Let me in"))
                .containsEntry("sender", Json.createValue("stranger@example.org"))
                .containsEntry("reason", Json.createValue("The message is not from a list member"))
                .containsKeys("msg", "hold_date", "message_id", "self_link", "http_etag");
        assertThat(entry.getString("msg")).contains("Subject: Let me in");
        assertThat(entry.getString("hold_date")).matches("[0-9-]{10}T[0-9:.]+");
        int id = entry.getInt("request_id");
        assertThat(rest.get(list + "/held/" + id).json().getInt("request_id")).isEqualTo(id);
        assertThat(rest.get(list + "/held/count").json().getInt("count")).isEqualTo(1);
        assertThat(rest.get(list + "/held/999999").status()).isEqualTo(404);
        assertThat(rest.get(list + "/held/bogus").status()).isEqualTo(404);
        assertThat(rest.get("/lists/none.example.com/held").status()).isEqualTo(404);
        assertThat(rest.get("/lists/none.example.com/held/count").status()).isEqualTo(404);
    }

    @Test
    void subjectOfAHeldPostShouldBeShownToPeopleAndAsItCame() throws IOException {
        String list = aList();
        JsonObject entry = aHeldPost(list, "=?utf-8?q?Gr=C3=BC=C3=9Fe?=\n =?utf-8?q?_an_alle?=");
        assertThat(entry.getString("subject")).isEqualTo("Grüße an alle");
        assertThat(entry.getString("original_subject")).isEqualTo("=?utf-8?q?Gr=C3=BC=C3=9Fe?= =?utf-8?q?_an_alle?=");
        assertThat(rest.get(list + "/held/" + entry.getInt("request_id")).json())
                .isEqualTo(entry);
    }

    @ParameterizedTest
    @ValueSource(strings = {"accept", "reject", "discard"})
    void decidedPostShouldBeGone(String action) throws IOException {
        String list = aList();
        JsonObject held = aHeldPost(list, "Decide");
        String path = list + "/held/" + held.getInt("request_id");
        done(rest.form("POST", path, "action", "defer"));
        done(rest.json("POST", path, "{\"action\": \"hold\"}"));
        assertThat(rest.get(path).status()).as("deferred").isEqualTo(200);
        done(rest.form("POST", path, "action", action, "comment", "Not here"));
        assertThat(rest.get(path).status()).isEqualTo(404);
        Answer second = rest.form("POST", path, "action", action);
        assertThat(second.status()).isEqualTo(404);
        assertThat(second.description()).contains("ed by " + PackagedNode.USER + " at ");
        String state = Map.of("accept", "delivered", "reject", "rejected", "discard", "discarded")
                .get(action);
        assertThat(node.awaitState(held.getString("message_id"), state, SOON)).isTrue();
    }

    @Test
    void wrongDecisionShouldBeRefused() throws IOException {
        String list = aList();
        String path = list + "/held/" + aHeldPost(list, "Wrong").getInt("request_id");
        refused(
                rest.form("POST", path, "action", "bogus"),
                400,
                "Invalid Parameter \"action\": Accepted Values are: accept, reject, discard, defer, hold.");
        refused(rest.form("POST", path), 400, "Missing Parameter: action");
        refused(rest.form("POST", path, "action", "accept", "x", "y"), 400, "Unexpected parameters: x");
        assertThat(rest.form("POST", path, "action", "discard", "forward", "nobody")
                        .description())
                .startsWith("Invalid Parameter \"forward\": ");
        assertThat(rest.get(path).status()).as("nothing was decided").isEqualTo(200);
    }

    @Test
    void heldPostShouldBeForwardedAsItCame() throws IOException {
        String list = aList();
        JsonObject held = aHeldPost(list, "Have a look");
        done(rest.form(
                "POST",
                list + "/held/" + held.getInt("request_id"),
                "action",
                "discard",
                "forward",
                "zoe@" + domain,
                "forward",
                "yan@" + domain));
        for (String to : List.of("zoe@" + domain, "yan@" + domain)) {
            assertThat(Eventually.holds(
                            SOON,
                            () -> sink.received().stream()
                                    .anyMatch(copy -> copy.recipients().contains(to)
                                            && copy.body().contains("Content-Type: message/rfc822")
                                            && copy.body().contains("Subject: Have a look"))))
                    .as(to)
                    .isTrue();
        }
    }

    // --- queues

    /** @param queue one that no stage works on, so that the entry stays; @return its number */
    private static String anEntry(String queue) {
        long id = 5_000_000_000L + NUMBER.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(database, "sa", "sa");
                PreparedStatement insert = connection.prepareStatement("""
                        insert into queue_entry (id, queue, hash, attributes, received, turn, due, progress, begun, tries)
                        values (?, ?, 1, '{}', current_timestamp, ?, current_timestamp, 0, 0, 0)""")) {
            insert.setLong(1, id);
            insert.setString(2, queue);
            insert.setLong(3, id);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Long.toString(id);
    }

    @Test
    void queuesShouldBeShownByMailmansNames() {
        assertThat(rest.get("/queues").entries())
                .extracting(entry -> entry.getString("name"))
                .containsExactly(
                        "archive",
                        "bad",
                        "bounces",
                        "command",
                        "digest",
                        "in",
                        "nntp",
                        "out",
                        "pipeline",
                        "retry",
                        "shunt",
                        "virgin");
        assertThat(rest.get("/queues/in").json()).containsKeys("count", "directory", "files", "name", "self_link");
        assertThat(rest.get("/queues/bogus").status()).isEqualTo(404);
    }

    @Test
    void injectedMessageShouldGoTheWayOfAPost() {
        String list = aList();
        String messageId = PackagedNode.newMessageId();
        String text = PackagedNode.message("stranger@example.org", "ant@" + domain, "Grüße", messageId)
                .replace("\r\n", "\n");
        Answer answer = rest.form("POST", "/queues/in", "list_id", "ant." + domain, "text", text);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.header("Location").orElseThrow()).matches("http://localhost:8080/3\\.1/queues/in/[0-9]+");
        assertThat(node.awaitState(messageId, "held", SOON)).isTrue();
        assertThat(Eventually.holds(
                        SOON,
                        () -> rest.get("/queues/in")
                                .json()
                                .getJsonArray("files")
                                .isEmpty()))
                .isTrue();
        assertThat(rest.get(list + "/held").entries())
                .singleElement()
                .satisfies(held ->
                        assertThat(held.getString("reason")).isEqualTo("The message is not from a list member"));
    }

    @Test
    void whatCannotBeInjectedShouldBeRefused() {
        aList();
        refused(
                rest.form("POST", "/queues/in", "list_id", "none.example.com", "text", "x"),
                400,
                "No such list: none.example.com");
        refused(rest.form("POST", "/queues/in", "list_id", "ant." + domain), 400, "Missing Parameter: text");
        assertThat(rest.form("POST", "/queues/out", "list_id", "ant." + domain, "text", "x")
                        .description())
                .isEqualTo("The queue must be one of command, in, pipeline: into others nothing can be put");
        assertThat(rest.form("POST", "/queues/in", "list_id", "ant." + domain, "text", "x".repeat(2000))
                        .status())
                .isEqualTo(400);
        assertThat(rest.form("POST", "/queues/bogus", "list_id", "ant." + domain, "text", "x")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void fileShouldBeShownAndDeletedAsLongAsNobodyWorksOnIt() {
        String path = "/queues/archive/" + anEntry("ARCHIVE");
        JsonObject file = rest.get(path).json();
        assertThat(file.getString("name")).isEqualTo(path.replaceAll(".*/", ""));
        assertThat(file.getInt("tries")).isZero();
        assertThat(file.getString("received")).matches("[0-9-]{10}T[0-9:.]+");
        assertThat(file.getString("self_link")).isEqualTo("http://localhost:8080/3.1" + path);
        assertThat(texts(rest.get("/queues/archive").json().getJsonArray("files")))
                .contains(file.getString("name"));
        assertThat(rest.get(path.replace("archive", "digest")).status()).isEqualTo(404);
        assertThat(rest.send("DELETE", path.replace("archive", "digest")).status())
                .isEqualTo(404);

        done(rest.send("DELETE", path));

        assertThat(rest.get(path).status()).isEqualTo(404);
        assertThat(rest.send("DELETE", path).status()).isEqualTo(404);
        assertThat(texts(rest.get("/queues/archive").json().getJsonArray("files")))
                .doesNotContain(file.getString("name"));
    }

    /** Mail to a domain whose smarthost is not there. */
    @Test
    void fileThatHasBeenWorkedOnShouldStay() {
        String list = aList();
        Rest site = new Rest("http://127.0.0.1:" + node.httpPort() + "/api", PackagedNode.USER, PackagedNode.PASSWORD);
        assertThat(site.json("PATCH", "/smarthosts/sink", "{\"domains\": [\"*.com\", \"*.org\"]}")
                        .status())
                .isBetween(200, 204);
        assertThat(rest.form("POST", "/members", "list_id", "ant." + domain, "subscriber", "bob@unreachable.example")
                        .status())
                .isEqualTo(202);
        assertThat(Eventually.holds(
                        SOON,
                        () -> !texts(rest.get("/queues/retry").json().getJsonArray("files"))
                                .isEmpty()))
                .isTrue();
        String path = "/queues/retry/"
                + texts(rest.get("/queues/retry").json().getJsonArray("files")).get(0);
        assertThat(rest.get(path).json().getInt("tries")).isPositive();
        assertThat(rest.get(path).json().getString("last_error")).startsWith("nobody: ");

        refused(rest.send("DELETE", path), 409, "Work on this entry has begun");

        assertThat(rest.get(path).status()).isEqualTo(200);
        done(rest.send("DELETE", list));
    }

    @Test
    void fileThatIsNotThereShouldNotBeDeleted() {
        assertThat(rest.send("DELETE", "/queues/in/999999999").status()).isEqualTo(404);
        assertThat(rest.send("DELETE", "/queues/in/bogus").status()).isEqualTo(404);
        assertThat(rest.get("/queues/in/999999999").status()).isEqualTo(404);
    }
}
