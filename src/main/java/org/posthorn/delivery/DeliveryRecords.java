package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.posthorn.platform.Sql;

/** The statements on chunks and on their recipients' fates, which are kept as runs of equal ones. */
@ApplicationScoped
public class DeliveryRecords {

    private static final String INSERT = """
            insert into delivery_record (chunk_id, first_index, last_index, outcome, smarthost, reply_code, enhanced_status, replies, recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Sql sql;

    protected DeliveryRecords() {
        this(null);
    }

    @Inject
    public DeliveryRecords(Sql sql) {
        this.sql = sql;
    }

    /** How many of a chunk's recipients have which fate. */
    record Tally(int delivered, int failed) {

        static Tally of(List<Result> results) {
            int delivered = 0;
            for (Result result : results) {
                delivered += result.delivered() ? 1 : 0;
            }
            return new Tally(delivered, results.size() - delivered);
        }
    }

    Chunk chunk(long chunkId) {
        return sql.first(
                        "select recipients from delivery_chunk where id = ?",
                        row -> Chunk.parse(chunkId, row.getString(1)),
                        chunkId)
                .orElseThrow(() -> new IllegalStateException(
                        "chunk " + chunkId + " cannot be missing while an entry points to it"));
    }

    /** @return the recipients whose fate is recorded */
    BitSet settled(long chunkId) {
        BitSet settled = new BitSet();
        sql.forEach(
                "select first_index, last_index from delivery_record where chunk_id = ?",
                row -> settled.set(row.getInt(1), row.getInt(2) + 1),
                chunkId);
        return settled;
    }

    Tally tally(long chunkId) {
        int[] counts = new int[2];
        sql.forEach(
                "select outcome, sum(last_index - first_index + 1) from delivery_record where chunk_id = ? group by outcome",
                row -> counts[row.getString(1).equals("DELIVERED") ? 0 : 1] += row.getInt(2),
                chunkId);
        return new Tally(counts[0], counts[1]);
    }

    /**
     * Until the transaction's end no other may ask about this posting, so that of two that settle the last ones together the
     * later sees both. To be called before anything is stored that points to the posting: PostgreSQL lets two of these share
     * its row, and then neither could have it for itself.
     */
    void lockPosting(long postingId) {
        sql.first("select id from posting where id = ? for update", row -> row.getLong(1), postingId);
    }

    /** Whether a recipient of a chunk was given up: nobody refused it, and no smarthost has it. */
    boolean gaveUp(long chunkId) {
        return sql.first(
                        "select 1 from delivery_record where chunk_id = ? and outcome = 'FAILED' and smarthost is null fetch first 1 row only",
                        row -> true,
                        chunkId)
                .isPresent();
    }

    /** Whether all recipients of a posting are settled, and none of them got it. Its row is locked, see above. */
    boolean nobodyGot(long postingId) {
        boolean fannedOut = sql.first(
                        "select fanned_out from posting where id = ?", row -> row.getBoolean(1), postingId)
                .orElse(false);
        long recipients = sql.first(
                        "select coalesce(sum(recipient_count), 0) from delivery_chunk where posting_id = ?",
                        row -> row.getLong(1),
                        postingId)
                .orElse(0L);
        long failed = sql.first("""
                        select coalesce(sum(r.last_index - r.first_index + 1), 0)
                        from delivery_record r join delivery_chunk c on c.id = r.chunk_id
                        where c.posting_id = ? and r.outcome = 'FAILED'""", row -> row.getLong(1), postingId).orElse(0L);
        return fannedOut && failed == recipients;
    }

    void add(long chunkId, List<Result> results, Instant at) {
        List<Result> sorted = new ArrayList<>(results);
        sorted.sort(Comparator.comparingInt(Result::index));
        List<Object[]> rows = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || !sorted.get(to).continues(sorted.get(to - 1))) {
                rows.add(row(chunkId, sorted.subList(from, to), at));
                from = to;
            }
        }
        sql.batch(INSERT, rows);
    }

    private static Object[] row(long chunkId, List<Result> run, Instant at) {
        Result first = run.get(0);
        List<String> replies = run.stream().map(result -> result.fate().reply()).toList();
        boolean same = replies.stream().distinct().count() == 1;
        return new Object[] {
            chunkId,
            first.index(),
            run.get(run.size() - 1).index(),
            first.delivered() ? "DELIVERED" : "FAILED",
            first.smarthost().isEmpty() ? null : first.smarthost(),
            first.fate().code(),
            first.fate().status().map(Object::toString).orElse(null),
            same ? replies.get(0) : String.join("\n", replies),
            at
        };
    }
}
