package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.queue.PostingReport.Event;
import org.posthorn.queue.PostingReport.Fate;
import org.posthorn.queue.PostingReport.Post;
import org.posthorn.queue.PostingReport.State;

/**
 * Answers "where is this message, and why?" from the rows that its way left. Reads what is done before what there is to
 * do (the posting, then its records, then its chunks), so that a message never looks finished before it is.
 */
@ApplicationScoped
public class PostingReports {

    /** A Message-ID can be reused without end; this many arrivals are looked at, the latest ones. */
    private static final int MOST_POSTINGS = 100;

    private static final int MOST_CHUNKS = 50;

    private final Sql sql;

    protected PostingReports() {
        this(null);
    }

    @Inject
    public PostingReports(Sql sql) {
        this.sql = sql;
    }

    private record Arrival(long id, String list, String outcome, boolean fannedOut) {}

    /**
     * @param messageId with or without its angle brackets
     * @param list a list-id or posting address; null: all
     * @param most how many events at the most
     * @param offset how many events to pass over
     * @return empty when no such message came
     */
    @Needs(Right.SEE_SITE)
    public Optional<PostingReport> find(String messageId, String list, int most, long offset) {
        for (String id : List.of(messageId, "<" + messageId + ">")) {
            List<Arrival> arrivals = arrivals(id, list);
            if (!arrivals.isEmpty()) {
                return Optional.of(new PostingReport(
                        id, arrivals.stream().map(this::post).toList(), events(arrivals, most, offset)));
            }
        }
        return Optional.empty();
    }

    /**
     * A post to a list, and where it stands. The texts come from mail: hostile.
     *
     * @param sender the reverse-path
     * @param messageId with its angle brackets; may be empty
     */
    public record Latest(Instant at, String sender, String subject, String messageId, Post post) {}

    /**
     * The list's latest posts, the last one first.
     *
     * @param most how many at the most: each costs some statements
     */
    @Needs(Right.SEE_MEMBERS)
    public List<Latest> latestOf(@OfList long listId, int most) {
        return sql.list(
                """
                        select p.id, p.outcome, p.fanned_out, p.recipient, p.received_at, p.sender, p.subject, p.message_id
                        from posting p where p.list_id = ? and p.first_queue = 'IN'
                        order by p.list_id, p.first_queue, p.received_at desc fetch first ? rows only""",
                row -> new Latest(
                        Sql.instant(row, "received_at"),
                        row.getString("sender"),
                        row.getString("subject"),
                        row.getString("message_id"),
                        post(new Arrival(
                                row.getLong("id"),
                                row.getString("recipient"),
                                row.getString("outcome"),
                                row.getBoolean("fanned_out")))),
                listId,
                most);
    }

    private List<Arrival> arrivals(String messageId, String list) {
        String cleaned = Text.line(messageId, 998);
        String wanted = list == null ? "" : list.toLowerCase(Locale.ROOT);
        List<Arrival> latestFirst = sql.list(
                """
                        select p.id, p.outcome, p.fanned_out, coalesce(l.list_id, p.recipient) as list
                        from posting p left join mailing_list l on l.id = p.list_id
                        where p.message_id_hash = ? and p.message_id = ? and (? = '' or l.list_id = ? or lower(p.recipient) = ?)
                        order by p.received_at desc, p.id desc limit ?""",
                row -> new Arrival(
                        row.getLong("id"),
                        row.getString("list"),
                        row.getString("outcome"),
                        row.getBoolean("fanned_out")),
                Postings.hash(cleaned),
                cleaned,
                wanted,
                wanted,
                wanted,
                MOST_POSTINGS);
        List<Arrival> inOrder = new ArrayList<>(latestFirst);
        java.util.Collections.reverse(inOrder);
        return inOrder;
    }

    private Post post(Arrival arrival) {
        Map<String, Long> done = new HashMap<>();
        sql.forEach("""
                        select r.outcome, sum(r.last_index - r.first_index + 1) as recipients
                        from delivery_record r join delivery_chunk c on c.id = r.chunk_id where c.posting_id = ? group by r.outcome""", row -> done.put(row.getString("outcome"), row.getLong("recipients")), arrival.id());
        long[] chunks = sql.first(
                        "select count(*) as chunks, coalesce(sum(recipient_count), 0) as recipients from delivery_chunk where posting_id = ?",
                        row -> new long[] {row.getLong("chunks"), row.getLong("recipients")},
                        arrival.id())
                .orElseThrow();
        // A deferred recipient moved to a later chunk, which counts it again.
        long recipients = chunks[1] - done.getOrDefault("DEFERRED", 0L);
        long delivered = done.getOrDefault("DELIVERED", 0L);
        long failed = done.getOrDefault("FAILED", 0L);
        boolean finished = arrival.fannedOut() && delivered + failed >= recipients;
        return new Post(
                arrival.id(), arrival.list(), state(arrival, chunks[0] > 0, finished), recipients, delivered, failed);
    }

    private State state(Arrival arrival, boolean chunked, boolean finished) {
        if (arrival.outcome() != null) {
            return switch (Posting.Outcome.valueOf(arrival.outcome())) {
                case REJECTED -> State.REJECTED;
                case DISCARDED -> State.DISCARDED;
                case EXPIRED -> State.EXPIRED;
                case DONE -> State.DELIVERED;
            };
        }
        if (finished) {
            return State.DELIVERED;
        }
        if (has("select 1 from held_message where posting_id = ?", arrival.id())) {
            return State.HELD;
        }
        if (has("select 1 from queue_entry where posting_id = ? and queue = 'SHUNT'", arrival.id())) {
            return State.SHUNTED;
        }
        if (has("select 1 from queue_entry where posting_id = ? and queue = 'BAD'", arrival.id())) {
            return State.BAD;
        }
        return chunked ? State.DELIVERING : State.QUEUED;
    }

    private boolean has(String query, long postingId) {
        return sql.first(query, row -> true, postingId).isPresent();
    }

    private List<Event> events(List<Arrival> arrivals, int most, long offset) {
        // Numbers of our own, so they can stand in the statement.
        String ids =
                arrivals.stream().map(arrival -> Long.toString(arrival.id())).collect(Collectors.joining(", "));
        return sql.list(
                "select at, node, queue, event, detail from trace_event where posting_id in (" + ids
                        + ") order by at, id limit ? offset ?",
                row -> new Event(
                        Sql.instant(row, "at"),
                        row.getString("node"),
                        QueueName.valueOf(row.getString("queue")).label(),
                        row.getString("event"),
                        row.getString("detail")),
                most,
                offset);
    }

    private record Place(long chunkId, int index) {}

    /**
     * One recipient's fate, attempt by attempt.
     *
     * @return empty when the message was not for that address
     */
    @Needs(Right.SEE_SITE)
    public List<Fate> fates(PostingReport report, String recipient) {
        List<Fate> fates = new ArrayList<>();
        for (Post post : report.posts()) {
            for (Place place : places(post.postingId(), recipient.toLowerCase(Locale.ROOT))) {
                fates.addAll(fates(place));
            }
        }
        return fates;
    }

    private List<Place> places(long postingId, String recipient) {
        String escaped = recipient.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        List<Place> places = new ArrayList<>();
        sql.forEach(
                "select id, recipients from delivery_chunk where posting_id = ? and lower(recipients) like ? escape '!' order by id limit ?",
                row -> {
                    String[] lines = row.getString("recipients").split("\n");
                    for (int i = 0; i < lines.length; i++) {
                        if (lines[i].substring(lines[i].indexOf('\t') + 1).equalsIgnoreCase(recipient)) {
                            places.add(new Place(row.getLong("id"), i));
                        }
                    }
                },
                postingId,
                "%\t" + escaped + "%",
                MOST_CHUNKS);
        return places;
    }

    private List<Fate> fates(Place place) {
        List<Fate> fates = sql.list(
                """
                        select first_index, outcome, smarthost, reply_code, enhanced_status, replies, recorded_at
                        from delivery_record where chunk_id = ? and first_index <= ? and last_index >= ?""",
                row -> {
                    String[] replies = row.getString("replies").split("\n");
                    int own = place.index() - row.getInt("first_index");
                    return new Fate(
                            Sql.instant(row, "recorded_at"),
                            row.getString("outcome").toLowerCase(Locale.ROOT),
                            row.getString("smarthost"),
                            row.getInt("reply_code"),
                            row.getString("enhanced_status"),
                            replies.length == 1 ? replies[0] : own < replies.length ? replies[own] : "");
                },
                place.chunkId(),
                place.index(),
                place.index());
        return fates.isEmpty() ? List.of(new Fate(null, "waiting", null, 0, null, "")) : fates;
    }
}
