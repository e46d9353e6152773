package org.posthorn.list.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** Ends a person's console sessions, on every node at once: those that began before are not let in any more. */
@ApplicationScoped
public class Sessions {

    private final Sql sql;
    private final AuditLog audit;
    private final Clock clock;

    protected Sessions() {
        this(null, null, null);
    }

    @Inject
    public Sessions(Sql sql, AuditLog audit, Clock clock) {
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws UnknownException when there is no such person */
    @Transactional
    @Needs(Right.CHANGE_USERS)
    public void end(long subscriberId) {
        if (sql.update("update subscriber set sessions_since = ? where id = ?", clock.instant(), subscriberId) == 0) {
            throw new UnknownException("user", subscriberId);
        }
        audit.record("end-sessions", AuditSubject.of("user", Long.toString(subscriberId)), "");
    }
}
