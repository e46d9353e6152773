package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListBeingDeleted;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.moderation.Disposition.Hold;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.RuleMarks;

/**
 * The posts that wait for a moderator, and what moderators do with them. Each decision removes the row and requires that
 * it removed one, in the transaction that stores what follows: of two who press together one decides, and the other
 * learns that there is nothing left to decide.
 */
@ApplicationScoped
public class HeldMessages {

    private static final int ADDRESS_LENGTH = 320;
    private static final int LINE_LENGTH = 998;
    private static final int REASON_LENGTH = 1000;
    private static final int REASONS_LENGTH = 8000;
    private static final int ENDED_AT_ONCE = 500;

    private final Sql sql;
    private final Clock clock;
    private final Postings postings;
    private final ListRepository lists;
    private final Fates fates;
    private final AuditLog audit;

    protected HeldMessages() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public HeldMessages(Sql sql, Clock clock, Postings postings, ListRepository lists, Fates fates, AuditLog audit) {
        this.sql = sql;
        this.clock = clock;
        this.postings = postings;
        this.lists = lists;
        this.fates = fates;
        this.audit = audit;
    }

    /**
     * @param offset how many of the oldest to leave out
     * @param count how many at the most
     * @return the list's held posts, the oldest first
     */
    @Transactional
    @Needs(Right.MODERATE)
    public List<HeldMessage> page(@OfList long listId, int offset, int count) {
        return sql.list(
                "select * from held_message where list_id = ? order by request_id offset ? rows fetch next ? rows only",
                HeldMessages::read,
                listId,
                offset,
                count);
    }

    @Transactional
    @Needs(Right.MODERATE)
    public long count(@OfList long listId) {
        return sql.first("select count(*) from held_message where list_id = ?", row -> row.getLong(1), listId)
                .orElseThrow();
    }

    @Transactional
    @Needs(Right.MODERATE)
    public Optional<HeldMessage> find(@OfList long listId, long requestId) {
        return sql.first(
                "select * from held_message where list_id = ? and request_id = ?",
                HeldMessages::read,
                listId,
                requestId);
    }

    /** @return the held post of this posting; empty: it waits no more, or it is another list's */
    @Transactional
    @Needs(Right.MODERATE)
    public Optional<HeldMessage> ofPosting(@OfList long listId, long postingId) {
        return sql.first(
                "select * from held_message where list_id = ? and posting_id = ?",
                HeldMessages::read,
                listId,
                postingId);
    }

    /**
     * Passes the post on to the members.
     *
     * @param by who decided, for the trace
     * @return whether it was this call that did it; false: there is no such held post (any more)
     */
    @Transactional
    @Needs(Right.MODERATE)
    public boolean accept(@OfList long listId, long requestId, String by) {
        Optional<Taken> taken = take(listId, requestId);
        taken.ifPresent(post -> {
            fates.acceptHeld(post.submission(), post.marks(), "accepted by " + by);
            audit.recordNumbered("accept", post.subject(), requestId, post.details());
        });
        return taken.isPresent();
    }

    /**
     * Refuses the post and tells its author.
     *
     * @param reason for the author; empty: that of the rules
     * @return as {@link #accept}
     */
    @Transactional
    @Needs(Right.MODERATE)
    public boolean reject(@OfList long listId, long requestId, String reason, String by) {
        Optional<Taken> taken = take(listId, requestId);
        taken.ifPresent(post -> {
            List<Reason> why = reason.isBlank() ? post.reasons() : List.of(Reason.given(reason));
            fates.reject(post.submission(), why, by);
            audit.recordNumbered(
                    "reject", post.subject(), requestId, post.details() + " reason=" + Reason.english(why));
        });
        return taken.isPresent();
    }

    /**
     * Drops the post without a word to its author.
     *
     * @return as {@link #accept}
     */
    @Transactional
    @Needs(Right.MODERATE)
    public boolean discard(@OfList long listId, long requestId, String by) {
        Optional<Taken> taken = take(listId, requestId);
        taken.ifPresent(post -> {
            fates.discard(post.submission(), "discarded by " + by);
            audit.recordNumbered("discard", post.subject(), requestId, post.details());
        });
        return taken.isPresent();
    }

    /**
     * Leaves the decision for later. What else the transaction does about the post is done while it waits: the row is changed, so
     * that who has decided at the same time was first or comes after.
     *
     * @return whether there is such a held post
     */
    @Transactional
    @Needs(Right.MODERATE)
    public boolean defer(@OfList long listId, long requestId) {
        return sql.update(
                        "update held_message set version = version + 1 where list_id = ? and request_id = ?",
                        listId,
                        requestId)
                == 1;
    }

    /**
     * Ends the list's held posts, in the transaction that deletes the list. One that a moderator decides about at this
     * moment is that moderator's.
     */
    @Transactional
    public void endWithList(@Observes ListBeingDeleted event) {
        List<Ending> some = endings(event.listId(), 0);
        while (!some.isEmpty()) {
            int[] removed = sql.batch(
                    "delete from held_message where request_id = ?",
                    some.stream().map(ending -> new Object[] {ending.requestId}).toList());
            List<Fates.Undecided> undecided = new ArrayList<>();
            for (int i = 0; i < removed.length; i++) {
                if (removed[i] == 1) {
                    undecided.add(some.get(i).post);
                }
            }
            fates.discardAll(undecided, "the list was deleted");
            some = endings(event.listId(), some.get(some.size() - 1).requestId);
        }
    }

    private record Ending(long requestId, Fates.Undecided post) {}

    private List<Ending> endings(long listId, long after) {
        return sql.list(
                """
                select h.request_id, h.posting_id, l.list_id, h.message_id_header
                from held_message h join mailing_list l on l.id = h.list_id
                where h.list_id = ? and h.request_id > ? order by h.request_id fetch first\s""" + ENDED_AT_ONCE + " rows only",
                row -> new Ending(
                        row.getLong(1), new Fates.Undecided(row.getLong(2), row.getString(3), row.getString(4))),
                listId,
                after);
    }

    /** Stores a post that is to wait. In the transaction of the stage. */
    void hold(Submission post, String sender, Hold hold, RuleMarks marks) {
        String reasons = Reason.write(hold.reasons());
        sql.update(
                """
                insert into held_message (list_id, posting_id, message_id, sender, subject, message_id_header, reason, reasons, rules, misses, held_at, version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                """,
                post.list().getId(),
                post.posting().id(),
                post.messageId(),
                Text.line(sender, ADDRESS_LENGTH),
                Text.line(post.posting().subject(), LINE_LENGTH),
                Text.line(post.posting().messageId(), LINE_LENGTH),
                Text.line(Reason.english(hold.reasons()), REASON_LENGTH),
                reasons.length() > REASONS_LENGTH ? null : reasons,
                Text.line(String.join(",", hold.rules()), REASON_LENGTH),
                Text.line(String.join(",", marks.misses()), REASON_LENGTH),
                clock.instant());
    }

    /** A held post that is this transaction's to decide about: its row is gone. */
    private record Taken(HeldMessage held, List<Reason> reasons, RuleMarks marks, Submission submission) {

        AuditSubject subject() {
            MailingList list = submission.list();
            return new AuditSubject("held", held.messageIdField(), list.getId(), list.getListId());
        }

        String details() {
            return "request=" + held.requestId() + " sender=" + held.sender() + " subject=" + held.subject();
        }
    }

    private Optional<Taken> take(long listId, long requestId) {
        Optional<HeldMessage> held = find(listId, requestId);
        List<String> misses = held.map(this::misses).orElse(List.of());
        if (held.isEmpty() || sql.update("delete from held_message where request_id = ?", requestId) != 1) {
            return Optional.empty();
        }
        Posting posting = postings.find(held.get().postingId())
                .orElseThrow(
                        () -> new IllegalStateException("a held message cannot be without its posting: " + requestId));
        MailingList list = lists.byId(listId)
                .orElseThrow(
                        () -> new IllegalStateException("a held message cannot be without its list: " + requestId));
        Map<String, String> attributes =
                Map.of("sender", posting.sender(), "recipient", posting.recipient(), Submission.KIND, "post");
        return Optional.of(new Taken(
                held.get(),
                held.get().reasons(),
                new RuleMarks(held.get().rules(), misses),
                new Submission(list, posting, held.get().messageId(), attributes)));
    }

    private List<String> misses(HeldMessage held) {
        return sql.first(
                        "select misses from held_message where request_id = ?",
                        row -> RuleMarks.names(row.getString("misses")),
                        held.requestId())
                .orElse(List.of());
    }

    /** What an earlier release held has its reasons in English only. */
    private static List<Reason> reasons(ResultSet row) throws SQLException {
        String reasons = row.getString("reasons");
        return reasons == null ? List.of(Reason.given(row.getString("reason"))) : Reason.read(reasons);
    }

    private static HeldMessage read(ResultSet row) throws SQLException {
        return new HeldMessage(
                row.getLong("request_id"),
                row.getLong("list_id"),
                row.getLong("posting_id"),
                row.getLong("message_id"),
                row.getString("sender"),
                row.getString("subject"),
                row.getString("message_id_header"),
                row.getString("reason"),
                reasons(row),
                List.of(row.getString("rules").split(",")),
                Sql.instant(row, "held_at"));
    }
}
