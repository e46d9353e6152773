package org.posthorn.moderation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;

/**
 * All that a rule may look at: a value, put together before the rules are asked, so that they need no database. What takes long is
 * worked out when a rule asks, and once.
 *
 * @param header as it came, cut at a bound
 * @param text the first lines of the text that are not blank: {@link IncomingPosts#LINES} at the most, none where no rule
 *     of the list looks at them
 * @param receivedAt when it came in
 * @param sizeBytes of the whole message as it came
 * @param senders the addresses of From, Sender and the reverse-path in this order, in lower case, each once
 * @param standing what the senders are to the list
 * @param banned the first sender whom the list or the site bans
 * @param approved whether it carries the list's moderator password
 * @param urgency for who may post: whether it asks to wait for no digest, and may
 * @param recentPosts how many posts the senders have sent to the list within its {@code member_verbosity_interval},
 *     this one included; 0 where the list doesn't ask
 * @param headerChecks the site's, then the list's, in order
 */
public record IncomingPost(
        MailingList list,
        HeaderBlock header,
        List<String> text,
        Instant receivedAt,
        long sizeBytes,
        List<String> senders,
        Standing standing,
        Optional<String> banned,
        boolean approved,
        Supplier<Urgency> urgency,
        long recentPosts,
        List<HeaderCheck> headerChecks) {}
