package org.posthorn.queue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** Finds posts by what people remember of them, among the latest: the sender, the list, words of the subject. */
@ApplicationScoped
public class PostingSearch {

    /** How many of the latest arrivals are looked through. */
    public static final int LATEST = 20_000;

    private final Sql sql;

    protected PostingSearch() {
        this(null);
    }

    @Inject
    public PostingSearch(Sql sql) {
        this.sql = sql;
    }

    /**
     * A post that came. The texts come from mail: hostile.
     *
     * @param list the list-id, or the address it came for once the list is gone
     * @param messageId with its angle brackets; may be empty
     */
    public record Found(Instant at, String list, String sender, String subject, String messageId) {}

    /**
     * @param words a part of the sender's address, the subject, the list-id or the address it came for; empty: any
     * @param most how many at the most
     * @return the latest first
     */
    @Needs(Right.SEE_SITE)
    public List<Found> latest(String words, int most) {
        String like = "%"
                + Text.line(words, 200)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replace("!", "!!")
                        .replace("%", "!%")
                        .replace("_", "!_")
                + "%";
        return sql.list(
                """
                select p.received_at, coalesce(l.list_id, p.recipient) as list, p.sender, p.subject, p.message_id
                from (select * from posting order by received_at desc fetch first %d rows only) p
                left join mailing_list l on l.id = p.list_id
                where lower(p.sender) like ? escape '!' or lower(p.subject) like ? escape '!'
                   or lower(p.recipient) like ? escape '!' or l.list_id like ? escape '!'
                order by p.received_at desc, p.id desc fetch first %d rows only""".formatted(LATEST, most),
                row -> new Found(
                        Sql.instant(row, "received_at"),
                        row.getString("list"),
                        row.getString("sender"),
                        row.getString("subject"),
                        row.getString("message_id")),
                like,
                like,
                like,
                like);
    }
}
