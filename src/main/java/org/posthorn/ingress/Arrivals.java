package org.posthorn.ingress;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.Digests;
import org.posthorn.platform.Sql;
import org.posthorn.platform.settings.Settings;

/**
 * Remembers what has arrived, so that a message whose 250 got lost goes out once: unique in the database by a key over
 * the list, the purpose, the Message-ID and the content. A message without a Message-ID is never taken for another.
 */
@ApplicationScoped
public class Arrivals {

    /** The same few statements whatever the number, so that the databases know them. */
    private static final int KEYS_PER_QUERY = 16;

    private static final String KNOWN = "select content_key, posting_id, arrived_at from arrival where content_key in ("
            + String.join(", ", Collections.nCopies(KEYS_PER_QUERY, "?")) + ")";

    private final Sql sql;
    private final Duration remembered;

    protected Arrivals() {
        this(null, Duration.ZERO);
    }

    @Inject
    public Arrivals(Sql sql, Settings settings) {
        this(sql, Duration.ofDays(settings.kept().duplicateDays()));
    }

    /** @param remembered how long a second arrival is known for one; a front MTA gives up after five days */
    public Arrivals(Sql sql, Duration remembered) {
        this.sql = sql;
        this.remembered = remembered;
    }

    /** The key of one arrival for one route to a list; usable in maps. Empty: never taken for another. */
    static Optional<ByteBuffer> key(Arrival arrival, Route route) {
        if (route.listId() == null || arrival.facts().messageId().isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Digests.sha256();
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(route.listId()).flip());
        String words = route.purpose() + "\0" + route.subaddress() + "\0"
                + arrival.facts().messageId() + "\0";
        digest.update(words.getBytes(StandardCharsets.UTF_8));
        return Optional.of(ByteBuffer.wrap(digest.digest(arrival.facts().contentDigest())));
    }

    /** @return the first posting of each key that has arrived before and is remembered; those too old are forgotten */
    Map<ByteBuffer, Long> known(Collection<ByteBuffer> keys, Instant now) {
        Map<ByteBuffer, Long> known = new HashMap<>();
        List<Object[]> old = new ArrayList<>();
        List<ByteBuffer> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += KEYS_PER_QUERY) {
            Object[] parameters = new Object[KEYS_PER_QUERY];
            for (int i = 0; i < KEYS_PER_QUERY; i++) {
                parameters[i] = all.get(Math.min(from + i, all.size() - 1)).array();
            }
            sql.forEach(
                    KNOWN,
                    row -> {
                        if (Sql.instant(row, "arrived_at").isBefore(now.minus(remembered))) {
                            old.add(new Object[] {row.getBytes("content_key")});
                        } else {
                            known.put(ByteBuffer.wrap(row.getBytes("content_key")), row.getLong("posting_id"));
                        }
                    },
                    parameters);
        }
        sql.batch("delete from arrival where content_key = ?", old);
        return known;
    }

    /** One arrival to be remembered. */
    record Memory(ByteBuffer key, long listId, long postingId, Instant at) {}

    /** @throws org.posthorn.platform.DatabaseException a constraint's, when another node was first */
    void remember(List<Memory> memories) {
        sql.batch(
                "insert into arrival (content_key, list_id, posting_id, arrived_at) values (?, ?, ?, ?)",
                memories.stream()
                        .map(memory -> new Object[] {memory.key.array(), memory.listId, memory.postingId, memory.at})
                        .toList());
    }

    /**
     * Forgets what need not be known any more; for the site's clean-up.
     *
     * @param most how many at the most
     * @return how many were forgotten
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // a piece of the clean-up is done whatever becomes of the next
    public int forget(Instant now, int most) {
        List<Object[]> past = sql.list(
                "select content_key from arrival where arrived_at < ? order by arrived_at fetch first " + most
                        + " rows only",
                row -> new Object[] {row.getBytes(1)},
                now.minus(remembered));
        sql.batch("delete from arrival where content_key = ?", past);
        return past.size();
    }
}
