package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;

/**
 * How many notices one author's posts to one list may cause within a day: {@value #MOST}, as in Mailman. So that two
 * machines that answer each other come to an end, and nobody is flooded by mail that somebody else sends in their name. Two
 * nodes that ask at the same moment may each grant the last one.
 */
@ApplicationScoped
public class NoticeBudget {

    public static final int MOST = 10;

    private static final Duration DAY = Duration.ofDays(1);

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
        AUTHOR,
        MODERATORS,
        /** Who writes to the robot. */
        COMMAND,
        /** Who is answered automatically. */
        RESPONSE
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
        Instant now = clock.instant();
        int sent = sql.first(
                        "select count(*) from author_notice where list_id = ? and email = ? and kind = ? and sent_at > ?",
                        row -> row.getInt(1),
                        listId,
                        author.key(),
                        kind,
                        now.minus(DAY))
                .orElseThrow();
        if (sent >= MOST) {
            return Answer.NO;
        }
        sql.update(
                "insert into author_notice (id, list_id, email, kind, sent_at) values (?, ?, ?, ?, ?)",
                ids.next(),
                listId,
                author.key(),
                kind,
                now);
        return sent + 1 == MOST ? Answer.LAST : Answer.YES;
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
