package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Sibling lists from outside: set by REST, posted to by LMTP, and who then gets the post. */
class SiblingListsE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ANTS = "ants@siblings.example.com";
    private static final String BEES = "bees@siblings.example.com";
    private static final String CONFIG = "/lists/ants.siblings.example.com/config";

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
        node.makeList(ANTS, List.of("poster@example.net", "both@example.net", "ann@example.net"));
        node.makeList(BEES, List.of("poster@example.net", "both@example.net", "bea@example.net"));
        for (String list : List.of("ants", "bees")) {
            done(rest.form(
                    "PATCH", "/lists/" + list + ".siblings.example.com/config", "default_member_action", "accept"));
        }
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
        sink.close();
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    /** @return who got the copies once all are out */
    private static List<String> posted(String subject, String cc, String... lists) throws IOException {
        String messageId = PackagedNode.newMessageId();
        node.deliver(
                "poster@example.net",
                List.of(lists),
                cc + PackagedNode.message("poster@example.net", ANTS, subject, messageId));
        assertThat(node.awaitState(messageId, "delivered", SOON)).isTrue();
        return sink.received().stream()
                .filter(copy -> copy.header("Subject").orElse("").endsWith(subject))
                .flatMap(copy -> copy.recipients().stream())
                .map(address -> address.replace("@example.net", ""))
                .toList();
    }

    @Test
    void membersOfSiblingsShouldGetEachPostOnce() throws IOException {
        Answer refused = rest.form("PATCH", CONFIG, "regular_include_lists", "nobody@siblings.example.com");
        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("another list of this site");
        Answer itself = rest.form("PATCH", CONFIG, "regular_exclude_lists", ANTS);
        assertThat(itself.status()).as(itself.body()).isEqualTo(400);

        done(rest.form("PATCH", CONFIG, "regular_include_lists", BEES));
        assertThat(rest.get(CONFIG).json().getJsonArray("regular_include_lists").getString(0))
                .isEqualTo(BEES);
        assertThat(posted("To ants and bees", "", ANTS)).containsExactlyInAnyOrder("poster", "both", "ann", "bea");

        done(rest.send("DELETE", CONFIG + "/regular_include_lists", null, null));
        done(rest.form("PATCH", CONFIG, "regular_exclude_lists", BEES));
        assertThat(posted("To both lists", "Cc: " + BEES + "\r\n", ANTS, BEES))
                .as("those on both by the bees alone")
                .containsExactlyInAnyOrder("ann", "poster", "both", "bea");
        assertThat(posted("To ants alone", "", ANTS)).containsExactlyInAnyOrder("poster", "both", "ann");
    }
}
