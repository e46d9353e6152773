package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;
import org.posthorn.queue.MessageStore;
import org.posthorn.template.ListAddress;
import org.posthorn.template.Notice;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.Outbox;
import org.posthorn.template.Texts;

/** Tells an author what became of a post, unless it is one that must not be answered (RFC 3834). */
@ApplicationScoped
public class AuthorNotices {

    private static final int LONGEST_SUBJECT = 200;

    private final MessageStore messages;
    private final Outbox outbox;

    protected AuthorNotices() {
        this(null, null);
    }

    @Inject
    public AuthorNotices(MessageStore messages, Outbox outbox) {
        this.messages = messages;
        this.outbox = outbox;
    }

    /** It waits for a moderator. */
    void held(Submission post, String reason) {
        write(post, reason, "held", false);
    }

    /** It was rejected; its header goes back with the notice. */
    void rejected(Submission post, String reason) {
        write(post, reason, "rejected", true);
    }

    private void write(Submission post, String reason, String text, boolean attach) {
        HeaderBlock header = StoredHeader.of(messages, post.messageId());
        MailingList list = post.list();
        // Who forges the list's own address as the sender must not get the list to write to itself.
        Optional<EmailAddress> author = Answerable.author(header, post.posting().sender())
                .filter(address -> !address.equals(ListAddress.of(list)));
        if (author.isEmpty()) {
            return;
        }
        String language = list.presentation().getPreferredLanguage();
        Map<String, String> values = Map.of(
                "list", list.getFqdnListname(),
                "subject", Text.line(post.posting().subject(), LONGEST_SUBJECT),
                "reason", reason,
                "owner", list.address("owner"));
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                author.get(),
                Texts.fill(language, text + ".subject", values),
                Texts.fill(language, text + ".text", values),
                attach ? Optional.of(header) : Optional.empty(),
                Occasion.REPLY));
    }
}
