package org.posthorn.ingress;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.posthorn.ingress.room.Room;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.platform.health.Component;
import org.posthorn.platform.health.Readiness;
import org.posthorn.platform.settings.Settings;

/** Puts the LMTP server together; the start-up bean starts and stops it. */
@ApplicationScoped
public class IngressBeans {

    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(60);

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    private ManagedThreadFactory threads;

    @Produces
    @Singleton
    RecipientRouter router(Sql sql) {
        return new ListRouter(sql);
    }

    @Produces
    @Singleton
    LmtpServer server(
            Settings settings,
            RecipientRouter router,
            ArrivalStore store,
            Sql sql,
            Dialect dialect,
            Clock clock,
            Readiness readiness,
            Room room) {
        Settings.Lmtp lmtp = settings.lmtp();
        Reception reception = new Reception(
                settings.node().name(),
                LmtpLimits.of(lmtp.maxMessageBytes(), lmtp.maxConnections()),
                router,
                new GroupCommit(store, sync(sql, dialect), threads, COMMIT_PATIENCE),
                new Spool(settings.home().resolve("spool")),
                clock,
                new AtomicLong(),
                ServerCertificate.of(lmtp.certificate()),
                room);
        return new LmtpServer(lmtp.endpoint(), lmtp.allow(), reception, threads, () -> readiness.down(Component.LMTP));
    }

    /** PostgreSQL's commit is on disk; H2's only after this. */
    static Runnable sync(Sql sql, Dialect dialect) {
        return switch (dialect) {
            case H2 -> () -> sql.update("checkpoint sync");
            case POSTGRESQL -> () -> {};
        };
    }
}
