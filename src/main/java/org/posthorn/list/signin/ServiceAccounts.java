package org.posthorn.list.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.PasswordHash;
import org.posthorn.list.RuledBySettingException;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.Digests;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.settings.ApiUser;
import org.posthorn.platform.settings.SettingException;

/**
 * Makes and ends service accounts. A token is 256 random bits, told once and stored as its SHA-256; a password is stored
 * as a person's. Nobody gives a scope that they have not got themselves.
 */
@ApplicationScoped
public class ServiceAccounts {

    /** The start of each token, by which scanners for lost secrets know one. */
    public static final String TOKEN_PREFIX = "posthorn_";

    private static final String VARIABLE = "POSTHORN_API_USERS";
    private static final int TOKEN_BYTES = 32;
    private static final int MOST = 1000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final SecureRandom random = new SecureRandom();
    private ServiceAccountRows rows;
    private PasswordHash passwords;
    private AuditLog audit;
    private Clock clock;

    protected ServiceAccounts() {}

    @Inject
    public ServiceAccounts(ServiceAccountRows rows, PasswordHash passwords, AuditLog audit, Clock clock) {
        this.rows = rows;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param token to be shown once; empty when it has a password */
    public record Made(ServiceAccount account, Optional<String> token) {

        @Override
        public String toString() {
            return "Made[" + account.name() + "]";
        }
    }

    /** @return all of them, by name; there are 1000 at the most */
    @Needs(Right.SEE_SITE)
    public List<ServiceAccount> all() {
        return rows.all(MOST);
    }

    @Needs(Right.SEE_SITE)
    public Optional<ServiceAccount> find(String name) {
        return rows.byName(name).map(ServiceAccountRows.Row::account);
    }

    /**
     * @throws InvalidValueException when the name, the password, the scopes or the end cannot be
     * @throws DuplicateException when the name is taken, by another or as a person's login name
     * @throws NotAllowedException when who acts lacks one of the scopes
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public Made make(NewServiceAccount wanted) {
        check(wanted);
        Actor maker = Acting.current();
        String passwordHash = wanted.password() == null ? null : passwords.of(wanted.password());
        Optional<String> token = wanted.password() == null ? Optional.of(newToken()) : Optional.empty();
        rows.add(
                new ServiceAccount(
                        0,
                        wanted.name(),
                        wanted.scopes(),
                        token.isPresent() ? ServiceAccount.Kind.TOKEN : ServiceAccount.Kind.PASSWORD,
                        false,
                        clock.instant(),
                        maker.name(),
                        wanted.expiresAt(),
                        null),
                passwordHash,
                token.map(ServiceAccounts::sha256).orElse(null));
        audit.record(AuditLog.CREATE, subject(wanted.name()), scopes(wanted.scopes()));
        return new Made(rows.byName(wanted.name()).orElseThrow().account(), token);
    }

    private void check(NewServiceAccount wanted) {
        if (wanted.name() == null || !NAME.matcher(wanted.name()).matches()) {
            throw new InvalidValueException(
                    "name",
                    wanted.name() == null ? "" : wanted.name(),
                    "a letter or digit, then letters, digits, dot, hyphen and underscore, 64 at most");
        }
        if (wanted.scopes().isEmpty()) {
            throw new InvalidValueException("scopes", "", "one or more of READ, MODERATION, MEMBERS, LISTS, SITE");
        }
        if (wanted.expiresAt() != null && !wanted.expiresAt().isAfter(clock.instant())) {
            throw new InvalidValueException("expires_at", wanted.expiresAt(), "a time that is still to come");
        }
        if (!Acting.current().mayGive(wanted.scopes())) {
            throw new NotAllowedException(Acting.current(), Right.OPERATE_SITE);
        }
        if (rows.byName(wanted.name()).isPresent() || rows.isLoginOfAPerson(wanted.name())) {
            throw new DuplicateException("account", wanted.name());
        }
        if (rows.count() >= MOST) {
            throw new InvalidValueException("name", wanted.name(), "no more than " + MOST + " accounts");
        }
    }

    /**
     * Ends an account: it is refused from its next request on.
     *
     * @throws UnknownException when there is none
     * @throws RuledBySettingException when the setting rules it, which would make it again
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void revoke(String name) {
        ServiceAccount account = rows.byName(name)
                .orElseThrow(() -> new UnknownException("account", name))
                .account();
        if (account.fromSetting()) {
            throw new RuledBySettingException("the account " + name, VARIABLE);
        }
        rows.remove(account.id());
        audit.record(AuditLog.DELETE, subject(name), scopes(account.scopes()));
    }

    private static AuditSubject subject(String name) {
        return AuditSubject.of("account", name);
    }

    private static String scopes(Set<Scope> scopes) {
        return "scopes=" + scopes.stream().sorted().map(Scope::name).collect(Collectors.joining(","));
    }

    /**
     * Brings the accounts of the setting to what it says now: makes, changes, and ends those that it names no longer.
     *
     * @throws SettingException when a name is taken by an account that was made otherwise, or by a person
     */
    @Needs(Right.OPERATE_SITE)
    @Transactional
    public void followSetting(List<ApiUser> users) {
        Set<String> named = users.stream().map(ApiUser::name).collect(Collectors.toSet());
        rows.fromSetting().stream()
                .filter(row -> !named.contains(row.account().name()))
                .forEach(row -> {
                    rows.remove(row.account().id());
                    audit.record(AuditLog.DELETE, subject(row.account().name()), VARIABLE);
                });
        users.forEach(this::follow);
    }

    private void follow(ApiUser user) {
        Optional<ServiceAccountRows.Row> known = rows.byName(user.name());
        if (known.isEmpty() && rows.isLoginOfAPerson(user.name())
                || known.filter(row -> !row.account().fromSetting()).isPresent()) {
            throw new SettingException(
                    VARIABLE,
                    "***",
                    "names that neither a person nor another account has; " + user.name() + " is taken");
        }
        if (known.isEmpty()) {
            rows.add(
                    new ServiceAccount(
                            0,
                            user.name(),
                            user.scopes(),
                            ServiceAccount.Kind.PASSWORD,
                            true,
                            clock.instant(),
                            VARIABLE,
                            null,
                            null),
                    passwords.of(user.password()),
                    null);
            audit.record(AuditLog.CREATE, subject(user.name()), VARIABLE + " " + scopes(user.scopes()));
            return;
        }
        ServiceAccountRows.Row row = known.get();
        boolean same = passwords.matches(user.password(), row.passwordHash());
        if (!same || !row.account().scopes().equals(user.scopes())) {
            rows.change(row.account().id(), user.scopes(), same ? row.passwordHash() : passwords.of(user.password()));
            audit.record(AuditLog.CHANGE, subject(user.name()), VARIABLE + " " + scopes(user.scopes()));
        }
    }

    private String newToken() {
        byte[] octets = new byte[TOKEN_BYTES];
        random.nextBytes(octets);
        return TOKEN_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    static byte[] sha256(String token) {
        return Digests.sha256().digest(token.getBytes(StandardCharsets.UTF_8));
    }
}
