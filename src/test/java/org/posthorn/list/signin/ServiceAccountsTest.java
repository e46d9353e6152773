package org.posthorn.list.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.PasswordHash;
import org.posthorn.list.RuledBySettingException;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.settings.ApiUser;
import org.posthorn.platform.settings.SettingException;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.SettableClock;
import org.posthorn.testing.TestDatabase;

class ServiceAccountsTest {

    private static final Set<Scope> ALL = EnumSet.allOf(Scope.class);

    private final PasswordHash passwords = new QuickHash();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));

    @BothDatabases
    void tokenShouldBeLongRandomAndStoredAsItsHashAlone(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);

        String one = made(accounts, "one").token().orElseThrow();
        String other = made(accounts, "other").token().orElseThrow();

        assertThat(one).startsWith("posthorn_").hasSizeGreaterThan(50).isNotEqualTo(other);
        assertThat(database.sql()
                        .first("select token_sha256 from service_account where name = 'one'", row -> row.getBytes(1)))
                .contains(ServiceAccounts.sha256(one));
        assertThat(accounts.find("one").orElseThrow().toString()).doesNotContain(one);
    }

    @BothDatabases
    void accountShouldKeepWhatItWasMadeWith(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);
        Instant end = clock.instant().plusSeconds(3600);

        try (Acting.Bound owner = Acting.as(Actor.service("postmaster", ALL))) {
            accounts.make(new NewServiceAccount("robot", Set.of(Scope.READ, Scope.LISTS), "robot's password", end));
        }

        ServiceAccount account = accounts.find("robot").orElseThrow();
        assertThat(account.scopes()).containsExactlyInAnyOrder(Scope.READ, Scope.LISTS);
        assertThat(account.kind()).isEqualTo(ServiceAccount.Kind.PASSWORD);
        assertThat(account.createdBy()).isEqualTo("postmaster");
        assertThat(account.createdAt()).isEqualTo(clock.instant());
        assertThat(account.expiresAt()).isEqualTo(end);
        assertThat(account.lastUsedAt()).isNull();
        assertThat(account.fromSetting()).isFalse();
    }

    @BothDatabases
    void accountThatCannotBeShouldBeRefusedByItsField(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);

        assertRefused(accounts, new NewServiceAccount("", ALL, null, null), "name");
        assertRefused(accounts, new NewServiceAccount("a@example.org", ALL, null, null), "name");
        assertRefused(accounts, new NewServiceAccount("robot", Set.of(), null, null), "scopes");
        assertRefused(accounts, new NewServiceAccount("robot", ALL, "short", null), "password");
        assertRefused(accounts, new NewServiceAccount("robot", ALL, null, clock.instant()), "expires_at");
    }

    private static void assertRefused(ServiceAccounts accounts, NewServiceAccount wanted, String field) {
        assertThatThrownBy(() -> accounts.make(wanted))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @BothDatabases
    void nameShouldBeAnAccountsOrAPersonsOnlyOnce(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);
        made(accounts, "robot");
        addAdmin(database);

        assertThatThrownBy(() -> made(accounts, "robot")).isInstanceOf(DuplicateException.class);
        assertThatThrownBy(() -> made(accounts, "admin")).isInstanceOf(DuplicateException.class);
        assertThatThrownBy(() -> accounts.followSetting(List.of(new ApiUser("robot", "password1", ALL))))
                .isInstanceOf(SettingException.class);
        assertThatThrownBy(() -> accounts.followSetting(List.of(new ApiUser("admin", "password1", ALL))))
                .isInstanceOf(SettingException.class);
    }

    @BothDatabases
    void nobodyShouldGiveAScopeThatTheyHaveNotGot(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);

        try (Acting.Bound robot = Acting.as(Actor.service("robot", Set.of(Scope.READ, Scope.SITE)))) {
            assertThatThrownBy(() -> accounts.make(new NewServiceAccount("other", Set.of(Scope.LISTS), null, null)))
                    .isInstanceOf(NotAllowedException.class);
            accounts.make(new NewServiceAccount("other", Set.of(Scope.READ), null, null));
        }
        assertThat(accounts.all()).extracting(ServiceAccount::name).containsExactly("other");
    }

    @BothDatabases
    void settingShouldMakeChangeAndEndItsAccountsAndLeaveTheOthers(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);
        SignIn signIn = new SignIn(
                database.sql(),
                clock,
                passwords,
                new ServiceAccountRows(database.sql(), database.ids()),
                new SignInLog(database.audit(), clock));
        made(accounts, "robot");
        accounts.followSetting(List.of(new ApiUser("a", "password1", ALL), new ApiUser("b", "password1", ALL)));

        accounts.followSetting(List.of(new ApiUser("a", "password2", Set.of(Scope.READ))));

        assertThat(accounts.all()).extracting(ServiceAccount::name).containsExactly("a", "robot");
        assertThat(accounts.find("a").orElseThrow().scopes()).containsExactly(Scope.READ);
        var here = java.net.InetAddress.getLoopbackAddress();
        assertThat(signIn.attemptRest(here, "a", "password1")).isInstanceOf(SignInOutcome.Wrong.class);
        assertThat(signIn.attemptRest(here, "a", "password2")).isInstanceOf(SignInOutcome.Service.class);
    }

    @BothDatabases
    void accountOfTheSettingShouldNotBeRevokedElsewhere(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);
        accounts.followSetting(List.of(new ApiUser("restadmin", "restpass", ALL)));

        assertThatThrownBy(() -> accounts.revoke("restadmin")).isInstanceOf(RuledBySettingException.class);
        assertThatThrownBy(() -> accounts.revoke("nobody")).isInstanceOf(UnknownException.class);
        assertThat(accounts.find("restadmin")).isPresent();
    }

    @BothDatabases
    void makingAndRevokingShouldBeInTheAuditLogWithoutTheSecret(TestDatabase database) {
        ServiceAccounts accounts = accounts(database);
        String token;
        try (Acting.Bound owner = Acting.as(Actor.person(Via.CONSOLE, "admin", 1, true))) {
            token = made(accounts, "robot").token().orElseThrow();
            accounts.revoke("robot");
        }

        List<String> entries = database.sql()
                .list(
                        "select actor, action, subject_name, details from audit_entry order by id",
                        row -> row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " "
                                + row.getString(4));
        assertThat(entries)
                .containsExactly(
                        "admin create robot scopes=READ,MODERATION,MEMBERS,LISTS,SITE",
                        "admin delete robot scopes=READ,MODERATION,MEMBERS,LISTS,SITE");
        assertThat(entries.toString()).doesNotContain(token);
    }

    private static ServiceAccounts.Made made(ServiceAccounts accounts, String name) {
        return accounts.make(new NewServiceAccount(name, ALL, null, null));
    }

    private static void addAdmin(TestDatabase database) {
        database.sql()
                .update(
                        "insert into subscriber (id, login_name, server_owner, created_at, version) values (1, 'admin', true, ?, 0)",
                        Instant.parse("2026-01-01T00:00:00Z"));
    }

    private ServiceAccounts accounts(TestDatabase database) {
        return new ServiceAccounts(
                new ServiceAccountRows(database.sql(), database.ids()),
                passwords,
                new AuditLog(database.sql(), database.ids(), clock),
                clock);
    }

    /** How long a hash takes is {@code PasswordHashTest}'s matter. */
    private static final class QuickHash extends PasswordHash {

        QuickHash() {
            super(10);
        }
    }
}
