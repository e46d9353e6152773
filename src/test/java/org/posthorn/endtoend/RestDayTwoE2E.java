package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/** What {@code /api} has for a site's later days: renaming, a person's data, backup. */
class RestDayTwoE2E {

    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedNode node;
    private static Rest rest;

    @BeforeAll
    static void startNode() throws IOException {
        sink = new SmtpSink();
        node = new PackagedNode(
                        PackagedNode.Form.COMMAND, folder.resolve("home"), Map.of("POSTHORN_SMARTHOSTS", sink.url()))
                .start();
        rest = as(PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private static Rest as(String user, String password) {
        return new Rest("http://127.0.0.1:" + node.httpPort(), user, password);
    }

    /** @return one who speaks with just these scopes */
    private static Rest account(String name, String scopes) {
        Answer made =
                rest.form("POST", "/api/accounts", "name", name, "scopes", scopes, "password", name + "-password");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return as(name, name + "-password");
    }

    private static String post(String from, String list) throws IOException {
        String messageId = PackagedNode.newMessageId();
        assertThat(node.deliver(from, List.of(list), PackagedNode.message(from, list, "First light", messageId)))
                .singleElement()
                .asString()
                .startsWith("250");
        return messageId;
    }

    private record Octets(int status, HttpResponse<byte[]> response) {

        Map<String, byte[]> unzipped() throws IOException {
            Map<String, byte[]> files = new TreeMap<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(response.body()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    files.put(entry.getName(), zip.readAllBytes());
                }
            }
            return files;
        }
    }

    private static Octets octets(String path) throws IOException, InterruptedException {
        String credentials = PackagedNode.USER + ":" + PackagedNode.PASSWORD;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.httpPort() + path))
                .timeout(SOON)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Octets(response.statusCode(), response);
    }

    @Test
    void renamedListShouldAnswerByBothNamesUntilTheFormerOneIsGivenUp() throws IOException {
        node.makeList("old@rename.example.org", List.of("ann@example.com", "poster@example.com"));
        rest.form("POST", "/3.1/domains", "mail_host", "new.example.org");
        String path = "/api/lists/old.rename.example.org";
        assertThat(account("renamer", "members,moderation")
                        .form("POST", path + "/rename", "fqdn_listname", "fresh@new.example.org")
                        .status())
                .isEqualTo(403);

        Answer renamed = rest.form("POST", path + "/rename", "fqdn_listname", "Fresh@new.example.org");

        assertThat(renamed.status()).as(renamed.body()).isEqualTo(200);
        assertThat(renamed.json().getString("fqdn_listname")).isEqualTo("fresh@new.example.org");
        assertThat(renamed.json().getString("list_id_header")).isEqualTo("old.rename.example.org");
        for (String name : new String[] {"old.rename.example.org", "fresh.new.example.org"}) {
            JsonObject names = rest.get("/api/lists/" + name + "/names").json();
            assertThat(names.getString("list_id")).isEqualTo("fresh.new.example.org");
            assertThat(names.getJsonArray("former_names").getValuesAs(JsonObject.class))
                    .singleElement()
                    .satisfies(former -> {
                        assertThat(former.getString("list_id")).isEqualTo("old.rename.example.org");
                        assertThat(former.getString("fqdn_listname")).isEqualTo("old@rename.example.org");
                        assertThat(former.getString("renamed_at")).startsWith("20");
                    });
        }
        String messageId = post("poster@example.com", "old@rename.example.org");
        assertThat(sink.awaitRecipients(messageId, 2, SOON)).as(node.log()).isTrue();
        assertThat(rest.form("POST", "/3.1/lists", "fqdn_listname", "old@rename.example.org")
                        .status())
                .isEqualTo(400);

        String former = "/api/lists/fresh.new.example.org/names/old.rename.example.org";
        assertThat(rest.send("DELETE", former).status()).isEqualTo(204);
        assertThat(rest.send("DELETE", former).status()).isEqualTo(404);
        assertThat(rest.get("/api/lists/old.rename.example.org/names").status()).isEqualTo(404);
        assertThat(node.deliver(
                        "poster@example.com",
                        List.of("old@rename.example.org"),
                        PackagedNode.message("poster@example.com", "old@rename.example.org", "x", "<x@example.com>")))
                .singleElement()
                .asString()
                .startsWith("550 5.1.1");
    }

    @Test
    void renamingShouldSayWhatIsWrong() {
        node.makeList("taken@wrong.example.org", List.of());
        node.makeList("other@wrong.example.org", List.of());
        String path = "/api/lists/other.wrong.example.org/rename";

        assertThat(rest.form("POST", path).status()).isEqualTo(400);
        assertThat(rest.form("POST", path, "fqdn_listname", "no address").status())
                .isEqualTo(400);
        assertThat(rest.form("POST", path, "fqdn_listname", "x@nosuch.example").status())
                .isEqualTo(404);
        assertThat(rest.form("POST", path, "fqdn_listname", "taken@wrong.example.org")
                        .status())
                .isEqualTo(409);
        assertThat(rest.form("POST", "/api/lists/nosuch.example.org/rename", "fqdn_listname", "x@wrong.example.org")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void personShouldBeHandedOutAndErased() throws Exception {
        node.makeList("list@person.example.org", List.of("eve@example.com", "poster@example.com"));
        rest.form("PATCH", "/3.1/lists/list.person.example.org/config", "acceptable_aliases", "eve@example.com");
        String messageId = post("poster@example.com", "list@person.example.org");
        assertThat(sink.awaitRecipients(messageId, 2, SOON)).as(node.log()).isTrue();
        rest.form("PATCH", "/3.1/lists/list.person.example.org/config", "emergency", "yes");
        post("eve@example.com", "list@person.example.org");
        assertThat(Eventually.holds(SOON, () -> held() == 1)).as(node.log()).isTrue();

        Octets export = octets("/api/people/EVE%40example.com/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.response().headers().firstValue("Content-Type")).contains("application/zip");
        Map<String, byte[]> files = export.unzipped();
        assertThat(files).hasSize(2);
        assertThat(new String(files.get("person.json"), StandardCharsets.UTF_8))
                .contains("eve@example.com", "\"held_posts\":", "\"deliveries\":")
                .doesNotContain("poster@example.com");

        Rest members = account("hr", "site,members");
        assertThat(members.get("/api/people/eve@example.com/export").status()).isEqualTo(403);
        assertThat(members.get("/api/people/eve@example.com/export?held=omit").status())
                .isEqualTo(200);
        assertThat(members.send("DELETE", "/api/people/eve@example.com").status())
                .isEqualTo(403);
        assertThat(members.send("DELETE", "/api/people/eve@example.com?held=keep&rules=erase")
                        .status())
                .isEqualTo(403);
        assertThat(rest.send("DELETE", "/api/people/eve@example.com?rules=perhaps")
                        .status())
                .isEqualTo(400);
        assertThat(rest.send("DELETE", "/api/people/no%20address").status()).isEqualTo(400);
        assertThat(held()).isEqualTo(1);

        Answer erased = rest.send("DELETE", "/api/people/eve@example.com?rules=erase");

        assertThat(erased.status()).as(erased.body()).isEqualTo(200);
        assertThat(erased.json().getInt("memberships")).isEqualTo(1);
        assertThat(erased.json().getInt("held")).isEqualTo(1);
        assertThat(erased.json().getJsonObject("kept")).isEmpty();
        assertThat(held()).isZero();
        assertThat(rest.get("/3.1/users/eve@example.com").status()).isEqualTo(404);
        assertThat(rest.get("/3.1/lists/list.person.example.org/config/acceptable_aliases")
                        .body())
                .doesNotContain("eve@");
        assertThat(rest.get("/api/audit?count=50").body())
                .contains(erased.json().getString("pseudonym"), "fields=acceptable_aliases")
                .doesNotContain("\"eve@example.com");
    }

    private static int held() {
        return rest.get("/3.1/lists/list.person.example.org/held/count").json().getInt("count");
    }

    @Test
    void backupShouldComeWholeAndLeaveNothingBehind() throws Exception {
        node.makeList("list@backup.example.org", List.of("ann@example.com"));

        Octets backup = octets("/api/backup");

        assertThat(backup.status()).isEqualTo(200);
        assertThat(backup.response().headers().firstValueAsLong("Content-Length"))
                .hasValue(backup.response().body().length);
        assertThat(backup.unzipped())
                .hasEntrySatisfying(
                        "posthorn.mv.db", file -> assertThat(file.length).isGreaterThan(100_000));
        assertThat(folder.resolve("home")).isDirectoryNotContaining("glob:**.zip");
        assertThat(account("reader", "read").get("/api/backup").status()).isEqualTo(403);
    }
}
