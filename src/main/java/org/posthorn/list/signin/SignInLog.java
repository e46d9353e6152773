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
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/**
 * Who signed in and out, and who tried in vain, in the audit log. Anybody can fail as often as they like, so failures have
 * a budget: of one address for one name one entry a minute, and of all together {@value #AT_ONCE} and six more a minute. What
 * was left out is counted in the next entry. Whoever signs in with the right password has a budget of their own, so
 * that no flood hides them. What was typed as a name is only recorded where it is an account's: people type passwords
 * into the wrong field.
 */
@ApplicationScoped
public class SignInLog {

    static final int AT_ONCE = 30;
    static final String UNKNOWN = "(unknown name)";

    private static final String EVERYTHING = "";
    private static final int MOST_KEYS = 1000;
    private static final Duration ONCE_A = Duration.ofMinutes(1);

    private final AuditLog audit;
    private final Clock clock;
    private final FailedSignIns failures = new FailedSignIns(AT_ONCE, Duration.ofSeconds(10));
    private final FailedSignIns ofPerson = new FailedSignIns(10, ONCE_A);
    private final Map<String, Instant> said = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KEYS;
        }
    };
    private long unsaid;

    protected SignInLog() {
        this(null, null);
    }

    @Inject
    public SignInLog(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** @param from whom the request came from */
    void in(InetAddress from, Account account) {
        person(
                "sign-in",
                account.subscriberId(),
                account.name(),
                account.serverOwner(),
                "from=" + from.getHostAddress());
    }

    /** Somebody has signed out of the console. */
    public void out(InetAddress from, long subscriberId, String name, boolean serverOwner) {
        person("sign-out", subscriberId, name, serverOwner, "from=" + from.getHostAddress());
    }

    private void person(String action, long subscriberId, String name, boolean serverOwner, String details) {
        if (ofPerson.take(Long.toString(subscriberId), clock.instant()).isZero()) {
            try (Acting.Bound them = Acting.as(Actor.person(Via.CONSOLE, name, subscriberId, serverOwner))) {
                audit.record(action, AuditSubject.of("user", name), details);
            }
        }
    }

    /**
     * A name or password that was wrong, or that was not even looked at.
     *
     * @param typed what was given as the name
     * @param account the name, where it is an account's
     */
    void failed(Via via, InetAddress from, String typed, Optional<String> account, SignInOutcome outcome) {
        String action = outcome instanceof SignInOutcome.TryLater ? "sign-in-refused" : "sign-in-failed";
        long leftOut = place(action + " " + from.getHostAddress() + " " + typed.toLowerCase(Locale.ROOT));
        if (leftOut < 0) {
            return;
        }
        try (Acting.Bound nobody = Acting.as(Actor.anonymous(via))) {
            audit.record(
                    action,
                    AuditSubject.of("user", account.orElse(UNKNOWN)),
                    "from=" + from.getHostAddress() + (leftOut == 0 ? "" : " others-left-out=" + leftOut));
        }
    }

    /** @return how many were left out before this one; -1: it is to be left out, too */
    private synchronized long place(String key) {
        Instant now = clock.instant();
        Instant last = said.get(key);
        if (last != null && now.isBefore(last.plus(ONCE_A))
                || !failures.take(EVERYTHING, now).isZero()) {
            unsaid++;
            return -1;
        }
        said.put(key, now);
        long leftOut = unsaid;
        unsaid = 0;
        return leftOut;
    }
}
