package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.Sql;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.settings.Kept;
import org.posthorn.platform.settings.Settings;

/**
 * Discards held posts that nobody has decided about in their list's {@code max_days_to_hold}, or in the site's time. Each
 * one's trace says so, as does a line of the log; the audit log has one entry for those of a list. A moderator who decides at
 * the same moment is first or second, never both.
 */
@ApplicationScoped
public class HeldRetention {

    private final Sql sql;
    private final Clock clock;
    private final Fates fates;
    private final AuditLog audit;
    private final int siteDays;

    protected HeldRetention() {
        this(null, null, null, null, 0);
    }

    @Inject
    public HeldRetention(Sql sql, Clock clock, Fates fates, AuditLog audit, Settings settings) {
        this(sql, clock, fates, audit, settings.kept().heldDays());
    }

    /** @param siteDays 0: only the lists' own times count */
    public HeldRetention(Sql sql, Clock clock, Fates fates, AuditLog audit, int siteDays) {
        this.sql = sql;
        this.clock = clock;
        this.fates = fates;
        this.audit = audit;
        this.siteDays = siteDays;
    }

    private record Past(long requestId, long postingId, AuditSubject list, String messageId) {}

    /** @return how many were looked at; fewer than asked for: there are no more */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece of the clean-up is done whatever becomes of the next
    public int discard(int most) {
        Instant now = clock.instant();
        List<Past> past = sql.list(
                """
                select h.request_id, h.posting_id, h.message_id_header, l.id, l.list_id
                from held_message h join mailing_list l on l.id = h.list_id
                where h.held_at < ? or l.max_days_to_hold > 0
                    and h.held_at + least(l.max_days_to_hold, 36500) * interval '1' day < ?
                order by h.request_id fetch first\s""" + most + " rows only",
                row -> new Past(
                        row.getLong("request_id"),
                        row.getLong("posting_id"),
                        new AuditSubject("held", row.getString("list_id"), row.getLong("id"), row.getString("list_id")),
                        row.getString("message_id_header")),
                Kept.before(now, siteDays).orElse(Instant.EPOCH),
                now);
        int[] removed = sql.batch(
                "delete from held_message where request_id = ?",
                past.stream().map(one -> new Object[] {one.requestId}).toList());
        Map<AuditSubject, List<Past>> ofLists = new LinkedHashMap<>();
        for (int i = 0; i < removed.length; i++) {
            if (removed[i] == 1) {
                ofLists.computeIfAbsent(past.get(i).list, list -> new ArrayList<>())
                        .add(past.get(i));
            }
        }
        ofLists.forEach(this::end);
        return past.size();
    }

    private void end(AuditSubject list, List<Past> past) {
        fates.discardAll(
                past.stream()
                        .map(one -> new Fates.Undecided(one.postingId, list.listName(), one.messageId))
                        .toList(),
                "nobody decided about it while it could be held");
        audit.record("expire", list, "posts=" + past.size());
    }
}
