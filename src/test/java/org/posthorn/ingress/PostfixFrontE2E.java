package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.ingress.room.Room;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.Postfix;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** A real Postfix before the LMTP server, with the settings that the product ships. */
class PostfixFrontE2E {

    private static final long SECONDS = 60;

    @TempDir
    Path folder;

    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private TestDatabase database;
    private LmtpServer server;
    private Postfix postfix;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Postfix.canRun(), "needs root and the Debian package postfix");
        database = TestDatabases.H2.fresh();
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            lists.aList("known@lists.example.org");
        }
        server = serve(0);
        postfix = Postfix.frontOf(server.port(), Path.of("server-config/postfix/main.cf"), "lists.example.org");
    }

    @AfterEach
    void stop() {
        if (postfix != null) {
            postfix.close();
        }
        if (server != null) {
            server.stop(Duration.ofSeconds(60));
        }
        if (database != null) {
            database.close();
        }
    }

    private LmtpServer serve(int port) {
        Committer committer = arrival -> {
            try (var in = arrival.message().open()) {
                arrived.add(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return new Reply(250, "2.0.0", "Taken");
        };
        Reception reception = new Reception(
                "posthorn.example",
                LmtpLimits.of(50_000_000, 50),
                new ListRouter(database.sql()),
                committer,
                new Spool(folder),
                Clock.fixed(AnArrival.NOW, ZoneOffset.UTC),
                new AtomicLong(),
                Optional.empty(),
                new Room());
        LmtpServer started = new LmtpServer(
                new Settings.Endpoint("127.0.0.1", port),
                List.of(Cidr.parse("127.0.0.1").orElseThrow()),
                reception,
                Thread::new,
                () -> {});
        started.start();
        return started;
    }

    private LmtpClient outsider() throws IOException {
        LmtpClient client = new LmtpClient(postfix.port());
        client.say("EHLO outsider.example\r\n");
        assertThat(client.say("MAIL FROM:<ann@example.com>\r\n")).startsWith("250");
        return client;
    }

    @Test
    void mailForAKnownListShouldComeInAndAnUnknownListBeRefusedAtRcpt() throws Exception {
        try (LmtpClient client = outsider()) {
            assertThat(client.say("RCPT TO:<nosuch@lists.example.org>\r\n"))
                    .as(postfix.log())
                    .startsWith("550 5.1.1");
            assertThat(client.say("RCPT TO:<somebody@elsewhere.example>\r\n")).startsWith("554");
            assertThat(client.say("RCPT TO:<known@lists.example.org>\r\n"))
                    .as(postfix.log())
                    .startsWith("250");
            assertThat(client.say("RCPT TO:<known-bounces+x=y.example@lists.example.org>\r\n"))
                    .startsWith("250");
            assertThat(client.say("DATA\r\n")).startsWith("354");
            assertThat(
                            client.say(
                                    "Subject: by Postfix\r\nMessage-ID: <1@example.com>\r\n\r\na nul \0 and\r\n..a dot\r\n.\r\n"))
                    .startsWith("250");
        }
        assertThat(arrived.poll(SECONDS, TimeUnit.SECONDS))
                .as(postfix.log())
                .contains("Subject: by Postfix\r\n", "from mx.front.example ", "a nul  and\r\n.a dot\r\n");
    }

    @Test
    void mailShouldBeKeptByPostfixWhileTheServerIsAway() throws Exception {
        try (LmtpClient client = outsider()) {
            assertThat(client.say("RCPT TO:<known@lists.example.org>\r\n"))
                    .as(postfix.log())
                    .startsWith("250");
            int port = server.port();
            server.stop(Duration.ofSeconds(60));
            assertThat(client.say("DATA\r\n")).startsWith("354");
            assertThat(client.say("Subject: kept\r\n\r\nbody\r\n.\r\n")).startsWith("250");
            server = serve(port);
        }
        postfix.flush();
        assertThat(arrived.poll(SECONDS, TimeUnit.SECONDS)).as(postfix.log()).contains("Subject: kept\r\n");
    }
}
