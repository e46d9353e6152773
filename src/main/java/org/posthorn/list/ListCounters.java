package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import org.posthorn.platform.Sql;

/** Counts posts and digests in a row apart from the list's settings, so that a post never conflicts with a change there. */
@ApplicationScoped
public class ListCounters {

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

    /** @param newVolume whether a volume begins, with its number 1 */
    void nextDigest(long listId, boolean newVolume) {
        sql.update(
                newVolume
                        ? "update list_counter set volume = volume + 1, next_digest_number = 1 where list_id = ?"
                        : "update list_counter set next_digest_number = next_digest_number + 1 where list_id = ?",
                listId);
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
