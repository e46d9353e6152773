package org.posthorn.list.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.posthorn.list.PasswordHash;
import org.posthorn.platform.Digests;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.metrics.Metric;

/**
 * Checks a name (an address, or the first server owner's name) and a password; or, for REST, a service account's secret.
 *
 * <p>What was right lately is admitted at once, whatever others did wrong. Else three limits hold: of one address for
 * one name, of one address for all names, and of all addresses for one name; the last spares addresses from which this
 * name has signed in before, so that a guesser far away locks nobody out. At most two passwords are hashed at once.
 */
@ApplicationScoped
public class SignIn {

    private static final int LONGEST = 1000;
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
    private static final Duration BUSY = Duration.ofSeconds(2);

    private final Sql sql;
    private final Clock clock;
    private final PasswordHash passwords;
    private final ServiceAccountRows services;
    private final SignInLog log;
    private final VerifiedCredentials verified = new VerifiedCredentials();
    private final FailedSignIns ofBoth = new FailedSignIns(10, Duration.ofSeconds(5));
    private final FailedSignIns ofAddress = new FailedSignIns(40, Duration.ofSeconds(2));
    private final FailedSignIns ofName = new FailedSignIns(100, Duration.ofSeconds(1));
    private final Semaphore hashing = new Semaphore(2);
    private final Map<String, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > 10_000;
        }
    };

    protected SignIn() {
        this(null, null, null, null, null);
    }

    @Inject
    public SignIn(Sql sql, Clock clock, PasswordHash passwords, ServiceAccountRows services, SignInLog log) {
        this.sql = sql;
        this.clock = clock;
        this.passwords = passwords;
        this.services = services;
        this.log = log;
    }

    /** A person's, in the console. @param from whom the request comes from; @param name as typed */
    public SignInOutcome attempt(InetAddress from, String name, String password) {
        SignInOutcome outcome = person(Via.CONSOLE, from, name, password);
        if (outcome instanceof SignInOutcome.Admitted admitted) {
            log.in(from, admitted.account());
        }
        return outcome;
    }

    private SignInOutcome person(Via via, InetAddress from, String name, String password) {
        if (!isPlausible(name, password)) {
            return counted(new SignInOutcome.Wrong());
        }
        Instant now = clock.instant();
        Optional<Account> account = find(name);
        SignInOutcome outcome = account.map(found -> {
                    String who = Long.toString(found.subscriberId());
                    SignInOutcome right = new SignInOutcome.Admitted(found);
                    return attempt(from, name, who, found.passwordHash(), password, right, now);
                })
                .orElseGet(() -> limited(
                        from.getHostAddress(), name, now, () -> verified(null, password, new SignInOutcome.Wrong())));
        return logged(via, from, name, account.map(Account::name), outcome);
    }

    private SignInOutcome logged(
            Via via, InetAddress from, String name, Optional<String> account, SignInOutcome outcome) {
        if (outcome instanceof SignInOutcome.Wrong || outcome instanceof SignInOutcome.TryLater) {
            log.failed(via, from, name, account, outcome);
        }
        return outcome;
    }

    /**
     * By REST: a service account's name with its password or token, or else a person's.
     *
     * @param from whom the request comes from; @param name as sent
     */
    public SignInOutcome attemptRest(InetAddress from, String name, String secret) {
        if (!isPlausible(name, secret)) {
            return counted(new SignInOutcome.Wrong());
        }
        Instant now = clock.instant();
        Optional<ServiceAccountRows.Row> found =
                services.byName(name).filter(row -> !row.account().isExpired(now));
        if (found.isEmpty()) {
            return person(Via.REST, from, name, secret);
        }
        ServiceAccountRows.Row row = found.get();
        return logged(Via.REST, from, name, Optional.of(row.account().name()), service(row, from, name, secret, now));
    }

    private SignInOutcome service(
            ServiceAccountRows.Row row, InetAddress from, String name, String secret, Instant now) {
        if (row.tokenSha256() == null) {
            String who = "service " + row.account().id();
            SignInOutcome right = new SignInOutcome.Service(row.account());
            return noted(attempt(from, name, who, row.passwordHash(), secret, right, now), now);
        }
        return MessageDigest.isEqual(row.tokenSha256(), ServiceAccounts.sha256(secret))
                ? noted(new SignInOutcome.Service(row.account()), now)
                : limited(from.getHostAddress(), name, now, () -> verified(null, secret, new SignInOutcome.Wrong()));
    }

    /**
     * Whether this is a person's password, for a program that asks. The limits hold as for who signs in by it, so that
     * nobody guesses faster this way.
     *
     * @param from where the program is
     * @return never {@link SignInOutcome.Service}
     */
    @Needs(Right.CHANGE_USERS)
    public SignInOutcome check(InetAddress from, long subscriberId, String password) {
        String name = "user " + subscriberId;
        if (!isPlausible(name, password)) {
            return counted(new SignInOutcome.Wrong());
        }
        Instant now = clock.instant();
        return present("", name, subscriberId)
                .map(account -> attempt(
                        from,
                        name,
                        Long.toString(subscriberId),
                        account.passwordHash(),
                        password,
                        new SignInOutcome.Admitted(account),
                        now))
                .orElseGet(() -> limited(
                        from.getHostAddress(), name, now, () -> verified(null, password, new SignInOutcome.Wrong())));
    }

    /** A token alone: nobody guesses 256 bits, so the right one is never kept waiting. */
    public SignInOutcome attemptToken(InetAddress from, String token) {
        if (!isPlausible("token", token)) {
            return counted(new SignInOutcome.Wrong());
        }
        Instant now = clock.instant();
        Optional<ServiceAccount> found = services.byToken(ServiceAccounts.sha256(token))
                .map(ServiceAccountRows.Row::account)
                .filter(account -> !account.isExpired(now));
        if (found.isPresent()) {
            return noted(new SignInOutcome.Service(found.get()), now);
        }
        Duration wait = ofAddress.take(from.getHostAddress(), now);
        SignInOutcome outcome = counted(wait.isZero() ? new SignInOutcome.Wrong() : new SignInOutcome.TryLater(wait));
        return logged(Via.REST, from, "token", Optional.empty(), outcome);
    }

    private static boolean isPlausible(String name, String secret) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.indexOf('\0') < 0
                && !secret.isEmpty()
                && secret.length() <= LONGEST;
    }

    private SignInOutcome noted(SignInOutcome outcome, Instant now) {
        if (outcome instanceof SignInOutcome.Service service) {
            Instant last = service.account().lastUsedAt();
            if (last == null || last.plus(NOTED_EVERY).isBefore(now)) {
                services.used(service.account().id(), now);
            }
        }
        return outcome;
    }

    private SignInOutcome attempt(
            InetAddress from,
            String name,
            String who,
            String hash,
            String password,
            SignInOutcome whenRight,
            Instant now) {
        if (verified.knows(who, hash, password, now)) {
            return whenRight;
        }
        SignInOutcome outcome = limited(from.getHostAddress(), name, now, () -> verified(hash, password, whenRight));
        if (outcome == whenRight) {
            verified.remember(who, hash, password, now);
            remember(both(from.getHostAddress(), name));
        }
        return outcome;
    }

    private static String both(String from, String name) {
        return from + " " + name.toLowerCase(Locale.ROOT);
    }

    private SignInOutcome limited(String from, String name, Instant now, Supplier<SignInOutcome> check) {
        String both = both(from, name);
        Map<FailedSignIns, String> limits = new LinkedHashMap<>();
        limits.put(ofBoth, both);
        limits.put(ofAddress, from);
        if (!isKnown(both)) {
            limits.put(ofName, name.toLowerCase(Locale.ROOT));
        }
        Map<FailedSignIns, String> taken = new LinkedHashMap<>();
        for (Map.Entry<FailedSignIns, String> limit : limits.entrySet()) {
            Duration wait = limit.getKey().take(limit.getValue(), now);
            if (!wait.isZero()) {
                taken.forEach((counter, key) -> counter.giveBack(key, now));
                return counted(new SignInOutcome.TryLater(wait));
            }
            taken.put(limit.getKey(), limit.getValue());
        }
        SignInOutcome outcome = counted(check.get());
        if (!(outcome instanceof SignInOutcome.Wrong)) {
            taken.forEach((counter, key) -> counter.giveBack(key, now));
        }
        return outcome;
    }

    private static SignInOutcome counted(SignInOutcome outcome) {
        if (outcome instanceof SignInOutcome.Wrong) {
            Metric.SIGN_IN_FAILURES.add(1, "wrong");
        } else if (outcome instanceof SignInOutcome.TryLater) {
            Metric.SIGN_IN_FAILURES.add(1, "throttled");
        }
        return outcome;
    }

    /** @param hash null: nobody's; an unknown name takes as long as a wrong password */
    private SignInOutcome verified(String hash, String password, SignInOutcome whenRight) {
        try {
            if (!hashing.tryAcquire(BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
                return new SignInOutcome.TryLater(BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SignInOutcome.TryLater(BUSY);
        }
        try {
            return passwords.matches(password, hash) ? whenRight : new SignInOutcome.Wrong();
        } finally {
            hashing.release();
        }
    }

    private synchronized boolean isKnown(String both) {
        return known.get(both) != null;
    }

    private synchronized void remember(String both) {
        known.put(both, true);
    }

    /** What a session keeps of this sign-in. */
    public Session begin(Account account) {
        return new Session(account.subscriberId(), account.name(), clock.instant(), mark(account.passwordHash()));
    }

    /**
     * Somebody who signed in before, as they are now.
     *
     * @return empty when they are gone, can no longer sign in or have another password now, and when the session was ended
     *     or is too old
     */
    public Optional<Account> again(Session session) {
        if (session.isTooOld(clock.instant())) {
            return Optional.empty();
        }
        return present(
                        "(sessions_since is null or sessions_since < ?) and",
                        session.name(),
                        session.since(),
                        session.subscriberId())
                .filter(account -> session.mark().equals(mark(account.passwordHash())));
    }

    /** @param parameters of the condition; the last one is the person's id */
    private Optional<Account> present(String condition, String name, Object... parameters) {
        return sql.first(
                "select id, password_hash, server_owner from subscriber where " + condition
                        + " password_hash is not null and id = ?",
                row -> new Account(
                        row.getLong("id"), name, row.getString("password_hash"), row.getBoolean("server_owner")),
                parameters);
    }

    private static String mark(String passwordHash) {
        return HexFormat.of().formatHex(Digests.sha256().digest(passwordHash.getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<Account> find(String name) {
        return sql.first(
                """
                        select s.id, s.password_hash, s.server_owner from subscriber s
                        where s.password_hash is not null and (s.login_name = ? or s.id in (select a.subscriber_id from address a where a.email = ?))
                        order by s.id""",
                row -> new Account(
                        row.getLong("id"), name, row.getString("password_hash"), row.getBoolean("server_owner")),
                name,
                name.toLowerCase(Locale.ROOT));
    }
}
