package org.posthorn.list.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.posthorn.list.PasswordHash;
import org.posthorn.platform.Sql;
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
    void oddCredentialsShouldBeWrong(TestDatabase database) {
        SignIn signIn = withAnOwner(database);

        for (String name : new String[] {"", "admin\0", "' OR '1'='1", "x".repeat(5000), "%", "nobody"}) {
            assertThat(signIn.attempt(HERE, name, RIGHT)).as(name).isInstanceOf(SignInOutcome.Wrong.class);
        }
        assertThat(signIn.attempt(HERE, "admin", "")).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attempt(HERE, "admin", "x".repeat(7000))).isInstanceOf(SignInOutcome.Wrong.class);
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
        return new SignIn(sql, clock, passwords);
    }

    private static final class CountingHash extends PasswordHash {

        private int checks;

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
