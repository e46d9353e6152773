package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.ingress.room.Room;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.LmtpClient;

class LmtpConnectionsTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void oneConnectionTooManyShouldBeToldToComeAgain() throws IOException {
        try (LmtpFixture lmtp = new LmtpFixture(folder, limits -> LmtpFixture.with(limits, 2, LONG, LONG, LONG));
                LmtpClient first = lmtp.client();
                LmtpClient second = lmtp.client();
                LmtpClient third = new LmtpClient(lmtp.server.port())) {
            assertThat(third.greeting()).startsWith("421 4.3.2");
            assertThat(third.reply()).isEmpty();
            assertThat(first.say("NOOP\r\n")).startsWith("250");
            assertThat(second.say("NOOP\r\n")).startsWith("250");
        }
    }

    @Test
    void longestSilentConnectionShouldMakeRoom() throws IOException {
        try (LmtpFixture lmtp =
                        new LmtpFixture(folder, limits -> LmtpFixture.with(limits, 2, LONG, LONG, Duration.ZERO));
                LmtpClient first = lmtp.inData();
                LmtpClient second = lmtp.client()) {
            assertThat(second.say("NOOP\r\n")).startsWith("250");
            assertThat(second.say("NOOP\r\n")).startsWith("250");
            try (LmtpClient third = lmtp.client()) {
                assertThat(third.greeting()).startsWith("220");
                assertThat(first.reply()).startsWith("421 4.3.2");
                assertThat(second.say("NOOP\r\n")).startsWith("250");
            }
        }
    }

    @Test
    void silenceShouldEndAConnection() throws IOException {
        // The client says nothing that has to come in time: on a busy machine it would come too late.
        try (LmtpFixture lmtp = new LmtpFixture(folder, limits -> LmtpFixture.with(limits, 2, SHORT, LONG, LONG));
                LmtpClient client = new LmtpClient(lmtp.server.port())) {
            client.send("MAIL FR");
            assertThat(client.reply()).startsWith("421 4.4.2");
        }
        try (LmtpFixture lmtp = new LmtpFixture(folder, limits -> LmtpFixture.with(limits, 2, LONG, SHORT, LONG));
                LmtpClient client = lmtp.inData()) {
            client.send("From: slow");
            assertThat(client.reply()).startsWith("421 4.4.2");
        }
    }

    /** The first thread accepts; the second, of the first connection, cannot start. */
    private static ThreadFactory failingOnce(Supplier<Error> failure) {
        AtomicInteger made = new AtomicInteger();
        return work -> made.incrementAndGet() != 2
                ? new Thread(work)
                : new Thread(work) {
                    @Override
                    public synchronized void start() {
                        throw failure.get();
                    }
                };
    }

    private LmtpFixture whoseFirstConnectionFails(Supplier<Error> failure) {
        return new LmtpFixture(folder, limits -> limits, "127.0.0.0/8", LmtpFixture::route, failingOnce(failure));
    }

    @Test
    void wantOfThreadsShouldCostOneConnectionAndNotTheServer() throws IOException {
        try (LmtpFixture lmtp = whoseFirstConnectionFails(() -> new OutOfMemoryError("no native thread"));
                LmtpClient first = new LmtpClient(lmtp.server.port())) {
            assertThat(first.reply()).isEmpty();
            try (LmtpClient second = lmtp.client()) {
                assertThat(second.say("NOOP\r\n")).startsWith("250");
            }
            assertThat(lmtp.server.connections()).isLessThanOrEqualTo(1);
            assertThat(lmtp.died.getCount()).isEqualTo(1);
        }
    }

    @Test
    void serverThatCeasesToAcceptShouldSaySo() throws Exception {
        try (LmtpFixture lmtp = whoseFirstConnectionFails(() -> new StackOverflowError("as a program's fault has it"));
                LmtpClient first = new LmtpClient(lmtp.server.port())) {
            assertThat(lmtp.died.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void strangersShouldBeRefusedAtConnect() throws IOException {
        try (LmtpFixture lmtp = new LmtpFixture(folder, limits -> limits, "10.0.0.0/8");
                LmtpClient client = new LmtpClient(lmtp.server.port())) {
            assertThat(client.greeting()).startsWith("554 5.7.1");
            assertThat(client.reply()).isEmpty();
        }
    }

    @Test
    void stopShouldEndWaitingConnectionsAndLetAMessageUnderWayFinish() throws Exception {
        try (LmtpFixture lmtp = new LmtpFixture(folder);
                LmtpClient idle = lmtp.client();
                LmtpClient busy = lmtp.inData()) {
            Thread stop = new Thread(() -> lmtp.server.stop(LONG));
            stop.start();
            assertThat(idle.reply()).startsWith("421 4.3.2");
            assertThat(busy.say("a: b\r\n\r\n.\r\n")).startsWith("250");
            assertThat(busy.reply()).startsWith("421 4.3.2");
            stop.join();
            assertThat(lmtp.server.connections()).isZero();
            assertThatThrownBy(() -> new LmtpClient(lmtp.server.port())).isInstanceOf(Exception.class);
        }
    }

    @Test
    void unixSocketShouldServeTheSameAndBeGoneAfterwards() throws Exception {
        Path path = folder.resolve("lmtp.sock");
        Reception reception = new Reception(
                "mx",
                LmtpLimits.of(1000, 2),
                LmtpFixture::route,
                new TakeAll(),
                new Spool(folder.resolve("spool")),
                Clock.systemUTC(),
                new AtomicLong(),
                Optional.empty(),
                new Room());
        LmtpServer server =
                new LmtpServer(new Settings.Endpoint("unix:" + path, 1), List.of(), reception, Thread::new, () -> {});
        server.start();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap("LHLO x\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII)));
            StringBuilder replies = new StringBuilder();
            ByteBuffer in = ByteBuffer.allocate(4096);
            while (channel.read(in.clear()) >= 0) {
                replies.append(StandardCharsets.US_ASCII.decode(in.flip()));
            }
            assertThat(replies.toString())
                    .startsWith("220 ")
                    .contains("250-PIPELINING")
                    .contains("221 ");
        } finally {
            server.stop(LONG);
        }
        assertThat(path).doesNotExist();

        Files.writeString(path, "somebody's file");
        LmtpServer other =
                new LmtpServer(new Settings.Endpoint("unix:" + path, 1), List.of(), reception, Thread::new, () -> {});
        assertThatThrownBy(other::start).hasMessageContaining("is no socket");
        assertThat(path).hasContent("somebody's file");
    }
}
