package org.posthorn.platform.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.Kept;
import org.posthorn.platform.settings.Settings;

/** Removes entries of the audit log whose time is over, a bounded number in each transaction. */
@ApplicationScoped
public class AuditRetention {

    private final Sql sql;
    private final Clock clock;
    private final int days;

    protected AuditRetention() {
        this(null, null, 0);
    }

    @Inject
    public AuditRetention(Sql sql, Clock clock, Settings settings) {
        this(sql, clock, settings.kept().auditDays());
    }

    /** @param days 0: everything is kept */
    public AuditRetention(Sql sql, Clock clock, int days) {
        this.sql = sql;
        this.clock = clock;
        this.days = days;
    }

    /** @return how many were removed */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece of the clean-up is done whatever becomes of the next
    public int remove(int most) {
        Optional<Instant> before = Kept.before(clock.instant(), days);
        if (before.isEmpty()) {
            return 0;
        }
        List<Object[]> past = sql.list(
                "select id from audit_entry where at < ? order by at, id fetch first " + most + " rows only",
                row -> new Object[] {row.getLong(1)},
                before.get());
        sql.batch("delete from audit_entry where id = ?", past);
        return past.size();
    }
}
