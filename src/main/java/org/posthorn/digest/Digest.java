package org.posthorn.digest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.NamedAddress;
import org.posthorn.template.ListAddress;

/**
 * A digest before it is written. Its posts are read one after the other, as they are needed; none is kept.
 *
 * @param messages opens a stored message
 * @param messageId the digest's own, with its angle brackets
 * @param unshown is told of posts whose header or text cannot be read, of one perhaps twice
 */
record Digest(
        MailingList list,
        Issue issue,
        DigestTexts texts,
        List<CollectedPost> posts,
        LongFunction<InputStream> messages,
        String messageId,
        Instant at,
        Consumer<CollectedPost> unshown) {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    InputStream open(CollectedPost post) {
        return messages.apply(post.messageId());
    }

    HeaderBlock header(CollectedPost post) throws IOException {
        try (InputStream octets = open(post)) {
            return MailMessage.open(octets).header();
        }
    }

    /** The digest's own, without what says of its content. */
    HeaderBlock header() {
        HeaderBlock header = new HeaderBlock();
        NamedAddress posting = new NamedAddress(list.presentation().getDisplayName(), ListAddress.of(list));
        header.setAddresses("From", List.of(new NamedAddress(posting.name(), ListAddress.of(list, "request"))));
        header.setAddresses("To", List.of(posting));
        header.setAddresses("Reply-To", List.of(new NamedAddress("", posting.address())));
        header.set("Subject", texts.subject(issue));
        header.set("Date", DATE.format(at));
        header.set("Message-ID", messageId);
        header.set("X-BeenThere", list.getFqdnListname());
        header.set("Precedence", "list");
        header.set("Auto-Submitted", "auto-generated");
        header.set("MIME-Version", "1.0");
        return header;
    }
}
