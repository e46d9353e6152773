package org.posthorn.list.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.posthorn.list.PasswordHash;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class SignInTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final String RIGHT = "the right password";

    private final SettableClock clock = new SettableClock();
    private final CountingHash passwords = new CountingHash();

    @BothDatabases
    void rightCredentialsShouldBeHashedOnceAndThenKnown(TestDatabase database) {
        SignIn signIn = withAnOwner(database);

        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
        assertThat(signIn.attempt(HERE, "ADMIN@example.com", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
        assertThat(passwords.checks).isEqualTo(1);

        clock.now = clock.now.plus(VerifiedCredentials.KEPT);
        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
        assertThat(passwords.checks).isEqualTo(2);
    }

    @BothDatabases
    void changedPasswordShouldEndWhatWasKnownAtOnce(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        signIn.attempt(HERE, "admin", RIGHT);

        database.sql().update("update subscriber set password_hash = ?", passwords.of("another password"));

        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attempt(HERE, "admin", "another password")).isInstanceOf(SignInOutcome.Admitted.class);
    }

    @BothDatabases
    void guesserShouldBeSlowedDownAndTheOwnerLetInAgainSoon(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        SignInOutcome last = null;
        for (int i = 0; i < 20; i++) {
            last = signIn.attempt(HERE, "admin", "wrong " + i);
        }

        assertThat(last).isInstanceOf(SignInOutcome.TryLater.class);
        assertThat(passwords.checks).isLessThan(20);
        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.TryLater.class);
        clock.now = clock.now.plusSeconds(10);
        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
    }

    @BothDatabases
    void whoIsKnownShouldNotSufferFromAGuesser(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        signIn.attempt(HERE, "admin", RIGHT);
        for (int i = 0; i < 50; i++) {
            signIn.attempt(HERE, "admin", "wrong " + i);
        }

        assertThat(signIn.attempt(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
    }

    @BothDatabases
    void triesShouldStandInTheAuditLogByAccount(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        signIn.attempt(HERE, "admin", RIGHT);
        signIn.attempt(HERE, "admin", "wrong");
        signIn.attempt(HERE, "nobody", "wrong");
        signIn.attemptRest(HERE, "admin", RIGHT);
        signIn.attemptRest(HERE, "Admin@example.com", "wrong");

        assertThat(database.audited())
                .extracting(entry -> entry.via() + " " + entry.action() + " "
                        + entry.subject().name())
                .containsExactlyInAnyOrder(
                        "CONSOLE sign-in admin",
                        "CONSOLE sign-in-failed admin",
                        "CONSOLE sign-in-failed (unknown name)",
                        "REST sign-in-failed Admin@example.com");
    }

    @BothDatabases
    void oddCredentialsShouldBeWrong(TestDatabase database) {
        SignIn signIn = withAnOwner(database);

        for (String name : new String[] {"", "admin\0", "' OR '1'='1", "x".repeat(5000), "%", "nobody"}) {
            assertThat(signIn.attempt(HERE, name, RIGHT)).as(name).isInstanceOf(SignInOutcome.Wrong.class);
        }
        assertThat(signIn.attempt(HERE, "admin", "")).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attempt(HERE, "admin", "x".repeat(7000))).isInstanceOf(SignInOutcome.Wrong.class);
    }

    @BothDatabases
    void serviceAccountShouldComeInByItsPasswordForRestAlone(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        accounts(database).make(new NewServiceAccount("robot", Set.of(Scope.READ), "robot's password", null));

        assertThat(signIn.attemptRest(HERE, "robot", "robot's password")).isInstanceOf(SignInOutcome.Service.class);
        assertThat(signIn.attemptRest(HERE, "robot", "another password")).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attempt(HERE, "robot", "robot's password")).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attemptRest(HERE, "admin", RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
    }

    @BothDatabases
    void serviceAccountsPasswordShouldBeHashedOnceAndThenKnown(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        accounts(database).make(new NewServiceAccount("robot", Set.of(Scope.READ), "robot's password", null));
        int before = passwords.checks;

        signIn.attemptRest(HERE, "robot", "robot's password");
        signIn.attemptRest(HERE, "robot", "robot's password");

        assertThat(passwords.checks).isEqualTo(before + 1);
    }

    @BothDatabases
    void tokenShouldComeInAloneAndAsThePasswordOfItsAccount(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        String token = accounts(database)
                .make(new NewServiceAccount("robot", Set.of(Scope.READ, Scope.SITE), null, null))
                .token()
                .orElseThrow();

        SignInOutcome outcome = signIn.attemptToken(HERE, token);

        assertThat(outcome).isInstanceOfSatisfying(SignInOutcome.Service.class, service -> {
            assertThat(service.account().name()).isEqualTo("robot");
            assertThat(service.account().scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.SITE);
        });
        assertThat(signIn.attemptRest(HERE, "robot", token)).isInstanceOf(SignInOutcome.Service.class);
        assertThat(signIn.attemptRest(HERE, "admin", token)).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attemptToken(HERE, token + "x")).isInstanceOf(SignInOutcome.Wrong.class);
    }

    @BothDatabases
    void tokenShouldNoLongerComeInOnceItIsRevokedOrItsTimeIsOver(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        ServiceAccounts accounts = accounts(database);
        String revoked = token(accounts, "revoked", null);
        String expiring = token(accounts, "expiring", clock.instant().plusSeconds(60));
        assertThat(signIn.attemptToken(HERE, revoked)).isInstanceOf(SignInOutcome.Service.class);
        assertThat(signIn.attemptToken(HERE, expiring)).isInstanceOf(SignInOutcome.Service.class);

        accounts.revoke("revoked");
        clock.now = clock.now.plusSeconds(60);

        assertThat(signIn.attemptToken(HERE, revoked)).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attemptToken(HERE, expiring)).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attemptRest(HERE, "expiring", expiring)).isInstanceOf(SignInOutcome.Wrong.class);
    }

    @BothDatabases
    void guesserOfTokensShouldBeSlowedDownAndTheRightOneNot(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        String token = token(accounts(database), "robot", null);
        SignInOutcome last = null;
        for (int i = 0; i < 60; i++) {
            last = signIn.attemptToken(HERE, "posthorn_" + i);
        }

        assertThat(last).isInstanceOf(SignInOutcome.TryLater.class);
        assertThat(signIn.attemptToken(HERE, token)).isInstanceOf(SignInOutcome.Service.class);
    }

    @BothDatabases
    void guesserOfAServiceAccountsPasswordShouldBeSlowedDown(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        accounts(database).make(new NewServiceAccount("robot", Set.of(Scope.READ), "robot's password", null));
        SignInOutcome last = null;
        for (int i = 0; i < 20; i++) {
            last = signIn.attemptRest(HERE, "robot", "wrong " + i);
        }

        assertThat(last).isInstanceOf(SignInOutcome.TryLater.class);
    }

    @BothDatabases
    void programThatAsksForAPersonsPasswordShouldBeSlowedDownToo(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        assertThat(signIn.check(HERE, 1, RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
        assertThat(signIn.check(HERE, 1, RIGHT)).isInstanceOf(SignInOutcome.Admitted.class);
        assertThat(passwords.checks).isEqualTo(1);
        SignInOutcome last = null;
        for (int i = 0; i < 20; i++) {
            last = signIn.check(HERE, 1, "wrong " + i);
        }

        assertThat(last).isInstanceOf(SignInOutcome.TryLater.class);
        assertThat(passwords.checks).isLessThan(20);
        assertThat(signIn.check(HERE, 1, RIGHT)).isInstanceOf(SignInOutcome.Admitted.class); // it was lately
    }

    @BothDatabases
    void personWithoutAPasswordShouldHaveNone(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        database.sql().update("update subscriber set password_hash = null");

        assertThat(signIn.check(HERE, 1, RIGHT)).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.check(HERE, 1, "")).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.check(HERE, 4711, RIGHT)).isInstanceOf(SignInOutcome.Wrong.class);
    }

    @BothDatabases
    void lastUseShouldBeKeptToTheMinute(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        ServiceAccounts accounts = accounts(database);
        String token = token(accounts, "robot", null);
        Instant first = clock.now;
        signIn.attemptToken(HERE, token);
        clock.now = first.plusSeconds(59);
        signIn.attemptToken(HERE, token);

        assertThat(accounts.find("robot").orElseThrow().lastUsedAt()).isEqualTo(first);

        clock.now = first.plusSeconds(61);
        signIn.attemptToken(HERE, token);
        assertThat(accounts.find("robot").orElseThrow().lastUsedAt()).isEqualTo(first.plusSeconds(61));
    }

    private static String token(ServiceAccounts accounts, String name, Instant expiresAt) {
        return accounts.make(new NewServiceAccount(name, Set.of(Scope.READ), null, expiresAt))
                .token()
                .orElseThrow();
    }

    @BothDatabases
    void sessionShouldHoldAsLongAsThePasswordStays(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        Session session = session(signIn, RIGHT);

        assertThat(signIn.again(session)).get().extracting(Account::serverOwner).isEqualTo(true);
        assertThat(session.toString()).doesNotContain(session.mark());

        database.sql().update("update subscriber set password_hash = ?", passwords.of("another password"));
        assertThat(signIn.again(session)).isEmpty();
        assertThat(signIn.again(session(signIn, "another password"))).isPresent();
    }

    @BothDatabases
    void sessionShouldEndWhenNobodyCanSignInByPasswordAnyMore(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        Session session = session(signIn, RIGHT);

        database.sql().update("update subscriber set password_hash = null");

        assertThat(signIn.again(session)).isEmpty();
    }

    @BothDatabases
    void sessionShouldHaveALongestAgeHoweverBusyItIs(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        Session session = session(signIn, RIGHT);

        clock.now = clock.now.plus(Session.LONGEST).minusSeconds(1);
        assertThat(signIn.again(session)).isPresent();
        clock.now = clock.now.plusSeconds(1);
        assertThat(signIn.again(session)).isEmpty();
    }

    @BothDatabases
    void endedSessionsShouldNotHoldAndLaterOnesShould(TestDatabase database) {
        SignIn signIn = withAnOwner(database);
        Session before = session(signIn, RIGHT);
        Sessions sessions = new Sessions(database.sql(), new AuditLog(database.sql(), database.ids(), clock), clock);

        database.inTransaction((Runnable) () -> sessions.end(1));
        assertThat(signIn.again(before)).isEmpty();

        clock.now = clock.now.plusSeconds(1);
        assertThat(signIn.again(session(signIn, RIGHT))).isPresent();
        assertThat(database.sql().list("select action from audit_entry", row -> row.getString(1)))
                .containsOnlyOnce("end-sessions");
        assertThatThrownBy(() -> database.inTransaction((Runnable) () -> sessions.end(2)))
                .isInstanceOf(UnknownException.class);
    }

    private static Session session(SignIn signIn, String password) {
        return signIn.begin(((SignInOutcome.Admitted) signIn.attempt(HERE, "admin", password)).account());
    }

    private ServiceAccounts accounts(TestDatabase database) {
        return new ServiceAccounts(
                new ServiceAccountRows(database.sql(), database.ids()),
                passwords,
                new AuditLog(database.sql(), database.ids(), clock),
                clock);
    }

    private SignIn withAnOwner(TestDatabase database) {
        Sql sql = database.sql();
        Instant now = clock.instant();
        sql.update(
                "insert into subscriber (id, login_name, password_hash, server_owner, created_at, version) values (1, 'admin', ?, true, ?, 0)",
                passwords.of(RIGHT),
                now);
        sql.update(
                "insert into address (id, email, original_email, registered_at, subscriber_id, version) values (2, 'admin@example.com', 'Admin@example.com', ?, 1, 0)",
                now);
        return new SignIn(
                sql,
                clock,
                passwords,
                new ServiceAccountRows(sql, database.ids()),
                new SignInLog(new AuditLog(sql, database.ids(), clock), clock));
    }

    /** How long a hash takes is {@code PasswordHashTest}'s matter. */
    private static final class CountingHash extends PasswordHash {

        private int checks;

        CountingHash() {
            super(10);
        }

        @Override
        public boolean matches(String password, String hash) {
            checks++;
            return super.matches(password, hash);
        }
    }

    private static final class SettableClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public long millis() {
            return now.toEpochMilli();
        }
    }
}
