package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.settings.Settings;

/** The trace as rows of {@code trace_event}. */
@ApplicationScoped
public class DatabaseTrace implements Trace {

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;
    private final Settings settings;

    protected DatabaseTrace() {
        this(null, null, null, null);
    }

    @Inject
    public DatabaseTrace(Sql sql, Ids ids, Clock clock, Settings settings) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public void event(Long postingId, QueueName queue, String event, String detail) {
        if (postingId == null) {
            return;
        }
        events(List.of(new Event(postingId, queue, event, detail)));
    }

    @Override
    public void events(List<Event> events) {
        sql.batch(
                "insert into trace_event (id, posting_id, at, node, queue, event, detail) values (?, ?, ?, ?, ?, ?, ?)",
                events.stream().map(this::row).toList());
    }

    private Object[] row(Event event) {
        return new Object[] {
            ids.next(),
            event.postingId(),
            clock.instant(),
            settings.node().name(),
            event.queue(),
            event.event(),
            Text.line(event.detail(), 2000)
        };
    }

    @Override
    public void outcome(long postingId, Posting.Outcome outcome) {
        outcomes(List.of(postingId), outcome);
    }

    @Override
    public void outcomes(List<Long> postingIds, Posting.Outcome outcome) {
        sql.batch(
                "update posting set outcome = ? where id = ?",
                postingIds.stream().map(id -> new Object[] {outcome, id}).toList());
    }
}
