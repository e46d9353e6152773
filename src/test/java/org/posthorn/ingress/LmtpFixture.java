package org.posthorn.ingress;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.posthorn.ingress.Route.Purpose;
import org.posthorn.ingress.room.Room;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.LmtpClient;

/** A server on a free loopback port that knows the list test@lists.example.org, and other@lists.example.org. */
final class LmtpFixture implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final long MAX_MESSAGE = 200_000;

    /** Ticks as the product's does; such a clock's millis() fails. */
    private static final Clock CLOCK = Clock.tick(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofNanos(1000));

    final Room room = new Room();
    final TakeAll taken = new TakeAll();
    final CountDownLatch died = new CountDownLatch(1);
    final LmtpServer server;

    LmtpFixture(Path folder) {
        this(folder, limits -> limits);
    }

    LmtpFixture(Path folder, UnaryOperator<LmtpLimits> change) {
        this(folder, change, "127.0.0.0/8");
    }

    LmtpFixture(Path folder, UnaryOperator<LmtpLimits> change, String allow) {
        this(folder, change, allow, LmtpFixture::route);
    }

    LmtpFixture(Path folder, UnaryOperator<LmtpLimits> change, String allow, RecipientRouter router) {
        this(folder, change, allow, router, Thread::new);
    }

    LmtpFixture(
            Path folder,
            UnaryOperator<LmtpLimits> change,
            String allow,
            RecipientRouter router,
            ThreadFactory threads) {
        this(folder, change, allow, router, threads, Optional.empty());
    }

    static LmtpFixture withCertificate(Path folder, Optional<ServerCertificate> certificate) {
        return new LmtpFixture(folder, limits -> limits, "127.0.0.0/8", LmtpFixture::route, Thread::new, certificate);
    }

    private LmtpFixture(
            Path folder,
            UnaryOperator<LmtpLimits> change,
            String allow,
            RecipientRouter router,
            ThreadFactory threads,
            Optional<ServerCertificate> certificate) {
        Reception reception = new Reception(
                "mx.example.org",
                change.apply(LmtpLimits.of(MAX_MESSAGE, 20)),
                router,
                taken,
                new Spool(folder),
                CLOCK,
                new AtomicLong(),
                certificate,
                room);
        server = new LmtpServer(
                new Settings.Endpoint("127.0.0.1", 0),
                List.of(Cidr.parse(allow).orElseThrow()),
                reception,
                threads,
                died::countDown);
        server.start();
    }

    static Optional<Route> route(org.posthorn.mail.EmailAddress recipient) {
        return switch (recipient.key()) {
            case "test@lists.example.org" ->
                Optional.of(new Route(1L, "test.lists.example.org", recipient.address(), Purpose.POST, ""));
            case "other@lists.example.org" ->
                Optional.of(new Route(2L, "other.lists.example.org", recipient.address(), Purpose.POST, ""));
            default -> Optional.empty();
        };
    }

    LmtpClient client() throws IOException {
        return LmtpClient.greeted(server.port());
    }

    /** A client that has been told to go on with DATA. */
    LmtpClient inData() throws IOException {
        LmtpClient client = client();
        client.say("MAIL FROM:<ann@example.com>\r\nRCPT TO:<test@lists.example.org>\r\nDATA\r\n", 3);
        return client;
    }

    static LmtpLimits with(
            LmtpLimits limits, int maxConnections, Duration command, Duration data, Duration droppableAfter) {
        return new LmtpLimits(
                limits.maxMessageBytes(), maxConnections, limits.maxRecipients(), command, data, data, droppableAfter);
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(60));
    }
}
