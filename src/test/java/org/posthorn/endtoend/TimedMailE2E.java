package org.posthorn.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.Faketime;
import org.posthorn.testing.PackagedNode;
import org.posthorn.testing.PackagedSite;
import org.posthorn.testing.Rest;
import org.posthorn.testing.Rest.Answer;
import org.posthorn.testing.SmtpSink;

/**
 * What goes out by time, on two nodes over one PostgreSQL whose timers ring at the same moment: their clocks are put so that the
 * ringing follows the site's time, which is the database's, by seconds.
 */
class TimedMailE2E {

    private static final Duration SOON = Duration.ofSeconds(60);
    /** The timers of digests and of reminders ring half a minute apart. */
    private static final Duration RUNG = Duration.ofSeconds(120);

    private static final Duration STARTED = Duration.ofSeconds(55);
    private static final long PERIOD_SECONDS = 300;
    private static final long AFTER_SECONDS = 3;
    private static final String LIST = "timed@two.example.org";
    private static final String POSTER = "poster@example.com";
    private static final String READER = "reader@example.com";
    private static final String OWNER = "owner@example.net";

    @TempDir
    static Path folder;

    private static SmtpSink sink;
    private static PackagedSite site;
    private static Rest rest;

    @BeforeAll
    static void start() throws IOException {
        sink = new SmtpSink();
        Instant time =
                Instant.now().plus(STARTED).truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        String set =
                DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC).format(time) + " UTC";
        site = PackagedSite.of(
                folder,
                Map.of("POSTHORN_SMARTHOSTS", sink.url(), "POSTHORN_DIGEST_TIME", set, "POSTHORN_REMINDER_TIME", set),
                "a",
                "b");
        long rings = Math.floorMod(time.getEpochSecond() + AFTER_SECONDS, PERIOD_SECONDS);
        for (PackagedNode node : site.nodes()) {
            Faketime.shifted(node, "+" + (PERIOD_SECONDS - rings));
        }
        site.start();
        rest = new Rest(
                "http://127.0.0.1:" + site.node("a").httpPort() + "/3.1", PackagedNode.USER, PackagedNode.PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
        sink.close();
    }

    private static void member(String list, String address, String... more) {
        String[] fields = {
            "list_id",
            list,
            "subscriber",
            address,
            "pre_verified",
            "True",
            "pre_confirmed",
            "True",
            "pre_approved",
            "True"
        };
        String[] all = Stream.concat(Arrays.stream(fields), Arrays.stream(more)).toArray(String[]::new);
        Answer made = rest.form("POST", "/members", all);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    private static long copies(String recipient, String subject) {
        return sink.received().stream()
                .filter(copy -> copy.header("Subject").orElse("").contains(subject)
                        && copy.recipients().contains(recipient))
                .count();
    }

    @Test
    void digestAndReminderShouldGoOutOnceThoughBothNodesWakeForThem() throws IOException {
        String list = site.node("a").makeList(LIST, List.of(POSTER));
        Answer changed = rest.form(
                "PATCH", "/lists/" + list + "/config", "digest_size_threshold", "0", "digest_send_periodic", "True");
        assertThat(changed.status()).as(changed.body()).isEqualTo(204);
        member(list, READER, "delivery_mode", "plaintext_digests");
        member(list, OWNER, "role", "owner");
        PackagedNode a = site.node("a");
        PackagedNode b = site.node("b");
        a.deliver(
                POSTER,
                List.of(LIST),
                PackagedNode.message(POSTER, LIST, "First of the day", PackagedNode.newMessageId()));
        b.deliver(
                POSTER,
                List.of(LIST),
                PackagedNode.message(POSTER, LIST, "Second of the day", PackagedNode.newMessageId()));
        b.deliver(
                "stranger@example.com",
                List.of(LIST),
                PackagedNode.message("stranger@example.com", LIST, "Let me in", PackagedNode.newMessageId()));
        assertThat(Eventually.holds(
                        SOON,
                        () -> rest.get("/lists/" + list + "/digest").json().getInt("collected_posts") == 2
                                && rest.get("/lists/" + list + "/held").json().getInt("total_size") == 1))
                .isTrue();
        assertThat(copies(READER, "Digest")).as("before its time").isZero();
        assertThat(copies(OWNER, "waiting for a moderator"))
                .as("before its time")
                .isZero();

        assertThat(Eventually.holds(
                        RUNG, () -> copies(READER, "Digest") > 0 && copies(OWNER, "waiting for a moderator") > 0))
                .as(() -> sink.received() + "\n" + a.log() + "\n" + b.log())
                .isTrue();

        assertThat(Eventually.holds(
                        Duration.ofSeconds(5),
                        () -> copies(READER, "Digest") > 1 || copies(OWNER, "waiting for a moderator") > 1))
                .as("a second one")
                .isFalse();
        String digest = sink.received().stream()
                .filter(copy -> copy.recipients().contains(READER)
                        && copy.header("Subject").orElse("").contains("Digest"))
                .findFirst()
                .orElseThrow()
                .text();
        assertThat(digest).contains("First of the day", "Second of the day");
        assertThat(copies(POSTER, "of the day")).as("the posts themselves").isEqualTo(2);
    }
}
