package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.posthorn.list.MailingList;
import org.posthorn.list.PostingPolicy;
import org.posthorn.platform.Sql;
import org.posthorn.queue.Posting;
import org.posthorn.queue.QueueName;

/**
 * How many posts somebody has sent to a list of late: all that came in, but not mail to its owners, whatever became of
 * them and whichever node took them. Counted by the reverse-path that they came with, and not to the end of a flood. Asks nothing of
 * lists that don't want to know.
 */
@ApplicationScoped
public class RecentPosts {

    /** A sender's posts are counted so far above the list's limit. */
    private static final int MORE = 100;

    private final Sql sql;

    protected RecentPosts() {
        this(null);
    }

    @Inject
    public RecentPosts(Sql sql) {
        this.sql = sql;
    }

    /** @param senders in lower case; @return with this one, if its reverse-path is one of theirs; 0: the list has no limit; well above the limit there may be more */
    long of(MailingList list, List<String> senders, Posting posting) {
        PostingPolicy policy = list.posting();
        if (policy.getMemberVerbosityThreshold() == 0) {
            return 0;
        }
        Instant since = posting.receivedAt().minus(Duration.ofSeconds(policy.getMemberVerbosityInterval()));
        String owners = list.address("owner").toLowerCase(Locale.ROOT);
        long count = 0;
        for (String sender : senders) {
            count += sql.first(
                            """
                            select count(*) from (select id from posting
                            where list_id = ? and first_queue = ? and received_at > ? and (received_at < ? or received_at = ? and id <= ?)
                              and lower(sender) = ? and lower(recipient) <> ?
                            fetch first ? rows only) recent
                            """,
                            row -> row.getLong(1),
                            list.getId(),
                            QueueName.IN,
                            since,
                            posting.receivedAt(),
                            posting.receivedAt(),
                            posting.id(),
                            sender,
                            owners,
                            policy.getMemberVerbosityThreshold() + MORE)
                    .orElse(0L);
        }
        return count;
    }

    /** For a post that is nowhere stored: what {@link #of} would say if it came in now. @param reversePath that it would come with */
    long ifItCame(MailingList list, List<String> senders, String reversePath, Instant now) {
        Posting coming = new Posting(
                Long.MAX_VALUE,
                list.getId(),
                list.getFqdnListname(),
                QueueName.IN,
                "",
                reversePath,
                "",
                0,
                now,
                null,
                false);
        long others = of(list, senders, coming);
        boolean asked = list.posting().getMemberVerbosityThreshold() > 0;
        return asked && senders.contains(reversePath.toLowerCase(Locale.ROOT)) ? others + 1 : others;
    }
}
