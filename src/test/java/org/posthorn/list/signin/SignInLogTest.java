package org.posthorn.list.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

class SignInLogTest {

    private static final SignInOutcome WRONG = new SignInOutcome.Wrong();

    private final SettableClock clock = new SettableClock(ListsOnDatabase.NOW);
    private InetAddress from;
    private TestDatabase database;
    private SignInLog log;

    private void on(TestDatabase used) throws UnknownHostException {
        from = InetAddress.getByName("192.0.2.7");
        database = used;
        log = new SignInLog(new AuditLog(used.sql(), used.ids(), clock), clock);
    }

    private List<String> said() {
        return database.audited().stream()
                .sorted(java.util.Comparator.comparing(AuditEntry::id))
                .map(entry -> entry.actor() + " " + entry.action() + " "
                        + entry.subject().name() + " " + entry.details().orElse(""))
                .toList();
    }

    @BothDatabases
    void comingAndGoingShouldBeSaidWithTheAddress(TestDatabase used) throws UnknownHostException {
        on(used);
        log.in(from, new Account(7, "ann@example.com", "hash", false));
        log.out(from, 7, "ann@example.com", false);

        assertThat(said())
                .containsExactly(
                        "ann@example.com sign-in ann@example.com from=192.0.2.7",
                        "ann@example.com sign-out ann@example.com from=192.0.2.7");
    }

    @BothDatabases
    void failuresShouldBeSaidOnceAMinuteEachWithHowManyWereLeftOut(TestDatabase used) throws UnknownHostException {
        on(used);
        for (int i = 0; i < 5; i++) {
            failed("admin", Optional.of("admin"), WRONG);
        }
        failed("admin", Optional.of("admin"), new SignInOutcome.TryLater(Duration.ofSeconds(5)));
        clock.forward(Duration.ofMinutes(1));
        failed("admin", Optional.of("admin"), WRONG);

        assertThat(said())
                .containsExactly(
                        "anonymous sign-in-failed admin from=192.0.2.7",
                        "anonymous sign-in-refused admin from=192.0.2.7 others-left-out=4",
                        "anonymous sign-in-failed admin from=192.0.2.7");
    }

    @BothDatabases
    void whatWasTypedAsANameThatNobodyHasShouldNotBeKept(TestDatabase used) throws UnknownHostException {
        on(used);
        failed("my secret password", Optional.empty(), WRONG);

        assertThat(said()).containsExactly("anonymous sign-in-failed (unknown name) from=192.0.2.7");
    }

    @BothDatabases
    void floodOfNamesShouldNotFillTheLogNorHideWhoSignsIn(TestDatabase used) throws UnknownHostException {
        on(used);
        for (int i = 0; i < 5000; i++) {
            failed("name" + i, Optional.empty(), WRONG);
        }
        log.in(from, new Account(7, "ann@example.com", "hash", false));

        assertThat(said()).hasSize(SignInLog.AT_ONCE + 1).last().asString().contains("sign-in ann@example.com");
        clock.forward(Duration.ofSeconds(10));
        failed("another", Optional.empty(), WRONG);
        assertThat(said()).last().asString().contains("others-left-out=4970");
    }

    private void failed(String typed, Optional<String> account, SignInOutcome outcome) {
        log.failed(Via.CONSOLE, from, typed, account, outcome);
    }
}
