package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/** Topics from outside: set and chosen by REST, and who then gets which post. */
class TopicsE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String LIST = "ant@topics.example.com";
    private static final String LIST_PATH = "/lists/ant.topics.example.com";

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
        rest = new Rest("http://127.0.0.1:" + node.httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private static String aMember(String name) {
        Answer made = rest.form(
                "POST",
                "/members",
                "list_id",
                "ant.topics.example.com",
                "subscriber",
                name + "@example.net",
                "pre_verified",
                "True",
                "pre_confirmed",
                "True",
                "pre_approved",
                "True");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.header("Location").orElseThrow().replaceFirst("^.*/3\\.1", "");
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    /** @return who got the copies once all are out */
    private static List<SmtpSink.Received> posted(String subject) throws IOException {
        String messageId = PackagedNode.newMessageId();
        node.deliver(
                "poster@example.net",
                List.of(LIST),
                PackagedNode.message("poster@example.net", LIST, subject, messageId));
        assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();
        return sink.received().stream()
                .filter(copy -> copy.header("Subject").orElse("").endsWith(subject))
                .toList();
    }

    private static List<String> recipients(List<SmtpSink.Received> copies) {
        return copies.stream().flatMap(copy -> copy.recipients().stream()).toList();
    }

    /** Its readers keep it, which they do not where the setting is written as a whole. */
    private static void topicShouldBeCalledOtherwise(String reader) throws IOException {
        Rest site = new Rest("http://127.0.0.1:" + node.httpPort() + "/api", PackagedNode.USER, PackagedNode.PASSWORD);
        String topics = LIST_PATH + "/topics";
        String seen = site.get(topics + "/trains").etag();
        done(site.form("PUT", topics + "/Trains", "name", "Railways", "description", "All that runs on rails"));
        assertThat(rest.get(reader).json().getJsonArray("topics").getString(0)).isEqualTo("railways");
        assertThat(site.get(topics + "/Railways")
                        .json()
                        .getJsonArray("patterns")
                        .getString(0))
                .isEqualTo("locomotive");
        assertThat(recipients(posted("A locomotive of today"))).contains("trains@example.net");

        assertThat(site.get(topics + "/Trains").status()).isEqualTo(404);
        assertThat(site.send("DELETE", topics + "/Railways", "application/json", "", "If-Match", seen)
                        .status())
                .isEqualTo(412);
        Answer wrong = site.form("PUT", topics + "/Planes", "patterns", "(");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body()).contains("patterns");
        assertThat(site.form("PUT", topics + "/Planes").status())
                .as("no pattern")
                .isEqualTo(400);
        done(site.form("PUT", topics + "/Planes", "patterns", "wing", "patterns", "runway"));
        assertThat(site.form("PUT", topics + "/Planes", "name", "RAILWAYS").status())
                .as("taken")
                .isEqualTo(409);
        assertThat(rest.get(LIST_PATH + "/config/topics")
                        .json()
                        .getJsonArray("topics")
                        .getValuesAs(JsonString::getString))
                .containsExactly("# All that runs on rails", "Railways: locomotive", "Planes: wing", "Planes: runway");
        done(site.form("DELETE", topics + "/Planes"));
        assertThat(site.form("DELETE", topics + "/Planes").status()).isEqualTo(404);
    }

    @Test
    void membersShouldGetThePostsOnTheTopicsThatTheyHaveChosen() throws IOException {
        assertThat(rest.form("POST", "/domains", "mail_host", "topics.example.com")
                        .status())
                .isEqualTo(201);
        assertThat(rest.form("POST", "/lists", "fqdn_listname", LIST).status()).isEqualTo(201);
        done(rest.form(
                "PATCH",
                LIST_PATH + "/config",
                "default_member_action",
                "accept",
                "topics_enabled",
                "True",
                "topics",
                "Trains: locomotive",
                "topics",
                "Steam ships: vessel"));
        aMember("poster");
        aMember("all");
        String trains = aMember("trains");
        String ships = aMember("ships");

        Answer refused = rest.form("PATCH", trains, "topics", "Planes");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(rest.get(trains).json()).doesNotContainKey("topics");
        String seen = rest.get(trains).etag();
        done(rest.form("PATCH", trains, "topics", "Trains"));
        Answer stale =
                rest.send("PATCH", trains, "application/x-www-form-urlencoded", "topics=Steam+ships", "If-Match", seen);
        assertThat(stale.status()).as(stale.body()).isEqualTo(412);
        done(rest.form("PATCH", ships, "topics", "steam SHIPS", "receive_untagged", "True"));
        assertThat(rest.get(ships).json().getJsonArray("topics").getString(0)).isEqualTo("steam ships");
        assertThat(rest.get(ships).json().getBoolean("receive_untagged")).isTrue();

        List<SmtpSink.Received> onTrains = posted("An old LOCOMOTIVE");
        assertThat(onTrains)
                .allSatisfy(copy -> assertThat(copy.header("X-Topics")).contains("Trains"));
        assertThat(recipients(onTrains))
                .containsExactlyInAnyOrder("poster@example.net", "all@example.net", "trains@example.net");
        assertThat(recipients(posted("Nothing of the kind")))
                .containsExactlyInAnyOrder("poster@example.net", "all@example.net", "ships@example.net");

        done(rest.form("PATCH", LIST_PATH + "/config", "topics", "Trains: locomotive"));
        assertThat(rest.get(ships).json()).as("the choice went with the topic").doesNotContainKey("topics");
        assertThat(recipients(posted("Some other matter")))
                .containsExactlyInAnyOrder("poster@example.net", "all@example.net", "ships@example.net");
        assertThat(node.get("/api/audit?count=50")
                        .json()
                        .getJsonArray("entries")
                        .getValuesAs(JsonObject.class))
                .as("the setting and a member's choice")
                .anySatisfy(entry -> {
                    assertThat(entry.getString("kind")).isEqualTo("list");
                    assertThat(entry.getString("field")).isEqualTo("topics");
                    assertThat(entry.getString("old")).contains("Steam ships: vessel");
                    assertThat(entry.getString("new")).isEqualTo("Trains: locomotive");
                    assertThat(entry.getString("actor")).isEqualTo(PackagedNode.USER);
                    assertThat(entry.getString("via")).isEqualTo("rest");
                })
                .anySatisfy(entry -> {
                    assertThat(entry.getString("kind")).isEqualTo("member");
                    assertThat(entry.getString("field")).isEqualTo("topics");
                    assertThat(entry.getString("new")).contains("trains");
                });

        topicShouldBeCalledOtherwise(trains);

        done(rest.form("PATCH", trains, "topics", ""));
        done(rest.form("PATCH", LIST_PATH + "/config", "topics", "Ships: vessel"));
        assertThat(recipients(posted("A vessel")))
                .containsExactlyInAnyOrder(
                        "poster@example.net", "all@example.net", "trains@example.net", "ships@example.net");
    }
}
