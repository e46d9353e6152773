package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.platform.Sql;

/** Counts posts and digests in a row apart from the list's settings, so that a post never conflicts with a change there. */
@ApplicationScoped
public class ListCounters {

    /** One statement whatever the number, so that the databases know it. */
    private static final int PER_QUERY = 100;

    private static final String VOLUMES = "select list_id, volume from list_counter where list_id in ("
            + String.join(", ", Collections.nCopies(PER_QUERY, "?")) + ")";

    private Sql sql;

    protected ListCounters() {}

    @Inject
    public ListCounters(Sql sql) {
        this.sql = sql;
    }

    /** Makes a new list's row. */
    void begin(long listId) {
        sql.update("""
                insert into list_counter (list_id, post_id, volume, next_digest_number)
                values (?, 1, 1, 1)
                """, listId);
    }

    /**
     * Counts a post. The list's row stays locked until the transaction ends, so call it late.
     *
     * @return the post's number, from 1
     * @throws UnknownException when the list is gone
     */
    public long countPost(long listId, Instant at) {
        int counted = sql.update(
                "update list_counter set post_id = post_id + 1, last_post_at = ? where list_id = ?", at, listId);
        if (counted == 0) {
            throw new UnknownException("list", listId);
        }
        return of(listId).postId() - 1;
    }

    /**
     * Takes the next number for a subject, never one that was given before. The list's row stays locked until the
     * transaction ends.
     *
     * @return from 1; not below the number of the list's next post
     * @throws UnknownException when the list is gone
     */
    public long nextSubjectNumber(long listId) {
        int taken = sql.update("""
                update list_counter
                set subject_number = case when subject_number < post_id then post_id else subject_number + 1 end
                where list_id = ?
                """, listId);
        if (taken == 0) {
            throw new UnknownException("list", listId);
        }
        return subjectNumber(listId);
    }

    /** @return the number that {@link #nextSubjectNumber} would give now */
    public long comingSubjectNumber(long listId) {
        return Math.max(subjectNumber(listId) + 1, of(listId).postId());
    }

    private long subjectNumber(long listId) {
        return sql.first("select subject_number from list_counter where list_id = ?", row -> row.getLong(1), listId)
                .orElseThrow(() -> new UnknownException("list", listId));
    }

    /** @return each list's volume */
    public Map<Long, Integer> volumes(Collection<Long> listIds) {
        Map<Long, Integer> volumes = new HashMap<>();
        List<Long> all = List.copyOf(listIds);
        for (int from = 0; from < all.size(); from += PER_QUERY) {
            Object[] some = new Object[PER_QUERY];
            for (int i = 0; i < PER_QUERY; i++) {
                some[i] = all.get(Math.min(from + i, all.size() - 1));
            }
            sql.forEach(VOLUMES, row -> volumes.put(row.getLong(1), row.getInt(2)), some);
        }
        return volumes;
    }

    /** @throws UnknownException when the list is gone */
    public Counters of(long listId) {
        return sql.first(
                        "select post_id, last_post_at, volume, next_digest_number, digest_last_sent_at from list_counter where list_id = ?",
                        row -> new Counters(
                                row.getLong("post_id"),
                                Sql.instant(row, "last_post_at"),
                                row.getInt("volume"),
                                row.getInt("next_digest_number"),
                                Sql.instant(row, "digest_last_sent_at")),
                        listId)
                .orElseThrow(() -> new UnknownException("list", listId));
    }
}
