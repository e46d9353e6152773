package org.posthorn.list.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.posthorn.list.PasswordHash;
import org.posthorn.platform.Sql;

/**
 * Checks a name (an address, or the first server owner's name) and a password.
 *
 * <p>What was right lately is admitted at once, whatever others did wrong. Else three limits hold: of one address for
 * one name, of one address for all names, and of all addresses for one name; the last spares addresses from which this
 * name has signed in before, so that a guesser far away locks nobody out. At most two passwords are hashed at once.
 */
@ApplicationScoped
public class SignIn {

    private static final int LONGEST = 1000;
    private static final Duration BUSY = Duration.ofSeconds(2);

    private final Sql sql;
    private final Clock clock;
    private final PasswordHash passwords;
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
        this(null, null, null);
    }

    @Inject
    public SignIn(Sql sql, Clock clock, PasswordHash passwords) {
        this.sql = sql;
        this.clock = clock;
        this.passwords = passwords;
    }

    /** @param from whom the request comes from; @param name as typed */
    public SignInOutcome attempt(InetAddress from, String name, String password) {
        if (name.isEmpty()
                || name.length() > LONGEST
                || name.indexOf('\0') >= 0
                || password.isEmpty()
                || password.length() > LONGEST) {
            return new SignInOutcome.Wrong();
        }
        Instant now = clock.instant();
        Optional<Account> account = find(name);
        if (account.isPresent() && verified.knows(account.get(), password, now)) {
            return new SignInOutcome.Admitted(account.get());
        }
        return limited(from.getHostAddress(), name.toLowerCase(Locale.ROOT), account, password, now);
    }

    private SignInOutcome limited(String from, String name, Optional<Account> account, String password, Instant now) {
        String both = from + " " + name;
        Map<FailedSignIns, String> limits = new LinkedHashMap<>();
        limits.put(ofBoth, both);
        limits.put(ofAddress, from);
        if (!isKnown(both)) {
            limits.put(ofName, name);
        }
        Map<FailedSignIns, String> taken = new LinkedHashMap<>();
        for (Map.Entry<FailedSignIns, String> limit : limits.entrySet()) {
            Duration wait = limit.getKey().take(limit.getValue(), now);
            if (!wait.isZero()) {
                taken.forEach((counter, key) -> counter.giveBack(key, now));
                return new SignInOutcome.TryLater(wait);
            }
            taken.put(limit.getKey(), limit.getValue());
        }
        SignInOutcome outcome = verified(account, password);
        if (!(outcome instanceof SignInOutcome.Wrong)) {
            taken.forEach((counter, key) -> counter.giveBack(key, now));
        }
        if (outcome instanceof SignInOutcome.Admitted admitted) {
            verified.remember(admitted.account(), password, now);
            remember(both);
        }
        return outcome;
    }

    private SignInOutcome verified(Optional<Account> account, String password) {
        try {
            if (!hashing.tryAcquire(BUSY.toMillis(), TimeUnit.MILLISECONDS)) {
                return new SignInOutcome.TryLater(BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SignInOutcome.TryLater(BUSY);
        }
        try {
            // An unknown name takes as long as a wrong password.
            boolean right = passwords.matches(
                    password, account.map(Account::passwordHash).orElse(null));
            return right && account.isPresent() ? new SignInOutcome.Admitted(account.get()) : new SignInOutcome.Wrong();
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
