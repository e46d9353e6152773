package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/**
 * How many notices one author's posts to one list may cause within a day: {@value #MOST}, as in Mailman, but more where it is known
 * who wrote. So that two machines that answer each other come to an end, and nobody is flooded by mail that somebody else sends in
 * their name. Two nodes that ask at the same moment may each grant the last one.
 */
@ApplicationScoped
public class NoticeBudget {

    public static final int MOST = 10;

    /** What moderators alone can cause, in a day. */
    public static final int MOST_OF_MODERATORS = 200;

    /** How many notices of one kind a list writes within an hour, whoever caused them. */
    public static final int MOST_OF_LIST = 60;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;

    protected NoticeBudget() {
        this(null, null, null);
    }

    @Inject
    public NoticeBudget(Sql sql, Ids ids, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
    }

    /** Who gets the notices. */
    public enum Kind {
        AUTHOR(MOST),
        MODERATORS(MOST),
        /** Who writes to the robot. */
        COMMAND(MOST),
        /** Who is answered automatically. */
        RESPONSE(MOST),
        /** A moderator who answers a notice, which shows that they have it. */
        MODERATION(MOST_OF_MODERATORS),
        /** To whom moderators forward held posts: by the list's own address, for all of them together. */
        FORWARD(MOST_OF_MODERATORS);

        private final int most;

        Kind(int most) {
            this.most = most;
        }
    }

    /** What is left. */
    public enum Answer {
        YES,
        /** This one, and no other one today. */
        LAST,
        NO
    }

    /** Takes one notice from the budget, in the caller's transaction. */
    public Answer take(long listId, EmailAddress author, Kind kind) {
        int left = left(listId, author, kind);
        if (left <= 0) {
            return Answer.NO;
        }
        note(listId, author, kind, 1);
        return left == 1 ? Answer.LAST : Answer.YES;
    }

    /** Takes so many at once, or none. @return whether there were so many left */
    public boolean takeAll(long listId, EmailAddress author, Kind kind, int count) {
        if (left(listId, author, kind) < count) {
            return false;
        }
        note(listId, author, kind, count);
        return true;
    }

    /** @return how many there are left today; below 1: none */
    public int left(long listId, EmailAddress author, Kind kind) {
        return kind.most
                - sql.first(
                                "select count(*) from author_notice where list_id = ? and email = ? and kind = ? and sent_at > ?",
                                row -> row.getInt(1),
                                listId,
                                author.key(),
                                kind,
                                clock.instant().minus(DAY))
                        .orElseThrow();
    }

    /** @return whether the list has written {@value #MOST_OF_LIST} of this kind within the last hour */
    public boolean isListSpent(long listId, Kind kind) {
        return sql.first(
                                "select count(*) from author_notice where list_id = ? and kind = ? and sent_at > ?",
                                row -> row.getInt(1),
                                listId,
                                kind,
                                clock.instant().minus(HOUR))
                        .orElseThrow()
                >= MOST_OF_LIST;
    }

    private void note(long listId, EmailAddress author, Kind kind, int count) {
        Instant now = clock.instant();
        sql.batch(
                "insert into author_notice (id, list_id, email, kind, sent_at) values (?, ?, ?, ?, ?)",
                Stream.generate(() -> new Object[] {ids.next(), listId, author.key(), kind, now})
                        .limit(count)
                        .toList());
    }

    /**
     * Forgets what is older than a day.
     *
     * @param most how many at the most
     * @return how many
     */
    @Transactional
    public int forget(int most) {
        return sql.update(
                "delete from author_notice where id in (select id from author_notice where sent_at < ? order by sent_at fetch first "
                        + most + " rows only)",
                clock.instant().minus(DAY));
    }
}
