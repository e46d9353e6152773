package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** What was decided about a post that waits no more: for the second of two moderators who looked at it. */
@ApplicationScoped
public class HeldDecisions {

    private final Sql sql;

    protected HeldDecisions() {
        this(null);
    }

    @Inject
    public HeldDecisions(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param event {@code accepted}, {@code rejected} or {@code discarded}
     * @param detail by whom and why, in English, as the trace has it
     */
    public record Decision(String event, String detail, Instant at) {

        /** @return who decided, as far as the trace says; empty: nobody did, its time was over */
        public String by() {
            String start = event + " by ";
            if (!detail.startsWith(start)) {
                return "";
            }
            String by = detail.substring(start.length());
            int reason = event.equals("rejected") ? by.indexOf(": ") : -1;
            return reason < 0 ? by : by.substring(0, reason);
        }
    }

    /**
     * The same by the number that the held post had, of which nothing is left but the audit log.
     *
     * @return empty: none, it is not this list's, or the audit log no longer has it; its detail says by whom, and no more
     */
    @Needs(Right.MODERATE)
    public Optional<Decision> ofRequest(@OfList long listId, long requestId) {
        return sql.first(
                """
                        select action, actor, at from audit_entry
                        where list_id = ? and subject_kind = 'held' and field = ? and action in ('accept', 'reject', 'discard')
                        order by at desc, id desc fetch first 1 rows only""",
                row -> {
                    String event =
                            row.getString("action").equals("discard") ? "discarded" : row.getString("action") + "ed";
                    return new Decision(event, event + " by " + row.getString("actor"), Sql.instant(row, "at"));
                },
                listId,
                Long.toString(requestId));
    }

    /** @return the last decision about this posting; empty: none, or it is not this list's */
    @Needs(Right.MODERATE)
    public Optional<Decision> of(@OfList long listId, long postingId) {
        return sql.first(
                """
                        select e.event, e.detail, e.at from trace_event e join posting p on p.id = e.posting_id
                        where e.posting_id = ? and p.list_id = ? and e.event in ('accepted', 'rejected', 'discarded')
                        order by e.at desc, e.id desc fetch first 1 rows only""",
                row -> new Decision(row.getString("event"), row.getString("detail"), Sql.instant(row, "at")),
                postingId,
                listId);
    }
}
