package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/**
 * Messages' octets, stored once in parts of bounded size however many entries point to them. Everything works in the
 * caller's transaction. What nothing points to is removed by a timer after an hour, not here.
 */
@ApplicationScoped
public class MessageStore {

    /** A driver holds a whole part in memory, so a part is small. */
    static final int PART_BYTES = 256 * 1024;

    private static final int MOST_RECENT = 256;

    /** Digests of what was stored here just now, for those who make its entries. A message never changes. */
    private final Map<Long, byte[]> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > MOST_RECENT;
        }
    };

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;

    protected MessageStore() {
        this(null, null, null);
    }

    @Inject
    public MessageStore(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** @return the stored message's id */
    public long store(MessageSource source) {
        return store(List.of(source)).get(0);
    }

    /**
     * @param copyPlan where the recipients' copies of it differ, as text; what it says is for the delivery to know
     * @return the stored message's id
     */
    public long store(MessageSource source, String copyPlan) {
        long id = store(source);
        sql.update("update message set copy_plan = ? where id = ?", copyPlan, id);
        return id;
    }

    /** @return where the recipients' copies of a message differ; empty: they do not */
    public Optional<String> copyPlan(long messageId) {
        return sql.first("select coalesce(copy_plan, '') from message where id = ?", row -> row.getString(1), messageId)
                .filter(plan -> !plan.isEmpty());
    }

    /** @return the stored messages' ids, in order */
    public List<Long> store(List<? extends MessageSource> sources) {
        List<Long> stored = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (MessageSource source : sources) {
            long id = ids.next();
            stored.add(id);
            rows.add(new Object[] {id, source.sha256(), source.sizeBytes(), clock.instant()});
            remember(id, source.sha256());
        }
        sql.batch("insert into message (id, sha256, size_bytes, stored_at) values (?, ?, ?, ?)", rows);
        storeParts(sources, stored);
        return stored;
    }

    private void storeParts(List<? extends MessageSource> sources, List<Long> stored) {
        List<Object[]> parts = new ArrayList<>();
        long waiting = 0;
        for (int i = 0; i < sources.size(); i++) {
            try (InputStream in = sources.get(i).open()) {
                int part = 0;
                for (byte[] octets = in.readNBytes(PART_BYTES); octets.length > 0; octets = in.readNBytes(PART_BYTES)) {
                    parts.add(new Object[] {stored.get(i), part++, octets});
                    waiting += octets.length;
                    if (waiting >= PART_BYTES) {
                        insertParts(parts);
                        waiting = 0;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        insertParts(parts);
    }

    private void insertParts(List<Object[]> parts) {
        sql.batch("insert into message_part (message_id, part_no, octets) values (?, ?, ?)", parts);
        parts.clear();
    }

    private void remember(long id, byte[] sha256) {
        synchronized (recent) {
            recent.put(id, sha256);
        }
    }

    /**
     * @return the message's octets, read part by part; each read is a query of its own. It ends with an {@link
     *     IllegalStateException} instead of an end where parts are missing: a cut message must not pass for the whole
     */
    public InputStream open(long messageId) {
        return new PartStream(messageId);
    }

    /**
     * The first octets only, e.g. enough for a header.
     *
     * @param most how many at the most
     */
    public byte[] head(long messageId, int most) {
        try (InputStream in = open(messageId)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the octets' number; empty when there is no such message */
    public Optional<Long> sizeBytes(long messageId) {
        return sql.first("select size_bytes from message where id = ?", row -> row.getLong(1), messageId);
    }

    /** @return the SHA-256 of the octets, computed when it came in */
    public byte[] sha256(long messageId) {
        synchronized (recent) {
            byte[] known = recent.get(messageId);
            if (known != null) {
                return known;
            }
        }
        return sql.first("select sha256 from message where id = ?", row -> row.getBytes(1), messageId)
                .orElseThrow(() -> new IllegalStateException(
                        "message " + messageId + " cannot be missing while an entry points to it"));
    }

    private final class PartStream extends InputStream {

        private final long messageId;
        private byte[] part = new byte[0];
        private int position;
        private int nextPart;
        private long octetsRead;
        private long sizeBytes = -1;

        PartStream(long messageId) {
            this.messageId = messageId;
        }

        /** @return whether an octet is at hand. Once all have been read nothing is asked for again. */
        private boolean fill() {
            if (position < part.length) {
                return true;
            }
            if (octetsRead == sizeBytes) {
                return false;
            }
            part = nextPart == 0 ? first() : next();
            position = 0;
            nextPart++;
            octetsRead += part.length;
            if (part.length == 0 && octetsRead != sizeBytes || octetsRead > sizeBytes) {
                throw new IllegalStateException(
                        "message " + messageId + " cannot be cut: " + octetsRead + " octets of " + sizeBytes);
            }
            return part.length > 0;
        }

        /** Most messages are one part, so its size comes with the first. */
        private byte[] first() {
            byte[] octets = sql.first(
                            """
                            select m.size_bytes, p.octets from message m
                            left join message_part p on p.message_id = m.id and p.part_no = 0 where m.id = ?""",
                            row -> {
                                sizeBytes = row.getLong(1);
                                return row.getBytes(2);
                            },
                            messageId)
                    .orElse(null);
            return octets == null ? new byte[0] : octets;
        }

        private byte[] next() {
            return sql.first(
                            "select octets from message_part where message_id = ? and part_no = ?",
                            row -> row.getBytes(1),
                            messageId,
                            nextPart)
                    .orElse(new byte[0]);
        }

        @Override
        public int read() {
            return fill() ? part[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, part.length - position);
            System.arraycopy(part, position, target, offset, count);
            position += count;
            return count;
        }
    }
}
