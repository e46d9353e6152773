package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.AfterCommit;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/** The queues as rows of {@code queue_entry}. */
@ApplicationScoped
public class DatabaseSwitchboard implements Switchboard {

    private static final String INSERT = """
            insert into queue_entry (id, queue, hash, list_id, posting_id, message_id, chunk_id, attributes,
                                     received, turn, due, progress, begun, tries)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)
            """;

    private final Sql sql;
    private final Ids ids;
    private final MessageStore messages;
    private final QueueSignals signals;
    private final AfterCommit afterCommit;

    protected DatabaseSwitchboard() {
        this(null, null, null, null, null);
    }

    @Inject
    public DatabaseSwitchboard(Sql sql, Ids ids, MessageStore messages, QueueSignals signals, AfterCommit afterCommit) {
        this.sql = sql;
        this.ids = ids;
        this.messages = messages;
        this.signals = signals;
        this.afterCommit = afterCommit;
    }

    @Override
    public List<Long> enqueue(List<NewEntry> entries) {
        List<Long> made = new ArrayList<>(entries.size());
        List<Object[]> rows = new ArrayList<>(entries.size());
        Map<Long, byte[]> digests = new HashMap<>();
        for (NewEntry entry : entries) {
            byte[] digest = entry.messageId() == null
                    ? new byte[0]
                    : digests.computeIfAbsent(entry.messageId(), messages::sha256);
            long hash = EntryHash.of(
                    digest, entry.listId() == null ? 0 : entry.listId(), entry.received(), entry.chunkNumber());
            long id = ids.next();
            made.add(id);
            rows.add(new Object[] {
                id,
                entry.queue(),
                hash,
                entry.listId(),
                entry.postingId(),
                entry.messageId(),
                entry.chunkId(),
                Attributes.toJson(entry.attributes()),
                entry.received(),
                entry.turn(),
                entry.due(),
                entry.tries()
            });
            afterCommit.run(() -> signals.arrived(entry.queue(), hash));
        }
        sql.batch(INSERT, rows);
        return made;
    }
}
