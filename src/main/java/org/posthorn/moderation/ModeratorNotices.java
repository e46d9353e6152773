package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;
import org.posthorn.queue.MessageStore;
import org.posthorn.template.Attached;
import org.posthorn.template.ListAddress;
import org.posthorn.template.Notice;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.NoticeBudget;
import org.posthorn.template.NoticeBudget.Answer;
import org.posthorn.template.Outbox;
import org.posthorn.template.PublicPages;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Templates;
import org.posthorn.template.Texts;

/**
 * Tells owners and moderators at once of a post that waits for them, with the post itself, and where to decide about it: a page,
 * and an address to answer to;
 * for one author so often a day, for all of them so often an hour, and no more.
 */
@ApplicationScoped
public class ModeratorNotices {

    /** A larger message is not attached, only its header. */
    private static final int MOST_ATTACHED_BYTES = 256 * 1024;

    private static final int LONGEST_LINE = 200;

    private final MessageStore messages;
    private final HeldReplies replies;
    private final NoticeBudget budget;
    private final PublicPages pages;
    private final Templates templates;
    private final Outbox outbox;

    protected ModeratorNotices() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ModeratorNotices(
            MessageStore messages,
            HeldReplies replies,
            NoticeBudget budget,
            PublicPages pages,
            Templates templates,
            Outbox outbox) {
        this.messages = messages;
        this.replies = replies;
        this.budget = budget;
        this.pages = pages;
        this.templates = templates;
        this.outbox = outbox;
    }

    /** @param sender the address that decided, or the reverse-path; may be empty */
    void held(Submission post, String sender, List<Reason> reasons) {
        MailingList list = post.list();
        if (!list.posting().isAdminImmedNotify() || isSpent(list, sender)) {
            return;
        }
        Attached attached = attached(post);
        String language = list.presentation().getPreferredLanguage();
        Optional<EmailAddress> replyTo = replies.open(list, post.posting().id());
        Map<String, String> values = Map.of(
                "list",
                list.getFqdnListname(),
                "sender",
                Text.line(sender, LONGEST_LINE),
                "subject",
                Text.line(post.posting().subject(), LONGEST_LINE),
                "reason",
                Reason.in(language, reasons),
                "reasons",
                Reason.in(language, reasons),
                "sender_email",
                Text.line(sender, LONGEST_LINE),
                "link",
                pages.held(list),
                "answer",
                replyTo.isPresent() ? Texts.fill(language, "to-moderate.answer", Map.of()) : "");
        EmailAddress owners = ListAddress.of(list, "owner");
        outbox.sendToOwners(new Notice(
                list.getId(),
                new NamedAddress("", owners),
                owners,
                Texts.fill(language, "to-moderate.subject", values),
                templates.text(list, TemplateName.ACTION_POST, language, "to-moderate.text", values),
                Optional.of(attached),
                Occasion.EVENT,
                replyTo));
    }

    /**
     * Nobody's posts share one budget. This also ends the round where an owner's address leads back to the list. Who sends each post
     * in another name fills nobody's mailbox either: the daily mail tells of the rest.
     */
    private boolean isSpent(MailingList list, String sender) {
        EmailAddress author = EmailAddress.parse(sender).orElse(ListAddress.of(list));
        return budget.isListSpent(list.getId(), NoticeBudget.Kind.MODERATORS)
                || budget.take(list.getId(), author, NoticeBudget.Kind.MODERATORS) == Answer.NO;
    }

    private Attached attached(Submission post) {
        try (InputStream octets = messages.open(post.messageId())) {
            MailMessage mail = MailMessage.open(octets);
            HeaderBlock header = mail.header();
            ApprovedLine.PASSWORD_FIELDS.forEach(header::remove);
            byte[] body = mail.body().readNBytes(MOST_ATTACHED_BYTES);
            if (body.length == MOST_ATTACHED_BYTES) {
                return Attached.header(header);
            }
            byte[] shown = ApprovedLine.find(header, body)
                    .map(line -> line.withhold(header, body, true))
                    .orElse(body);
            ByteArrayOutputStream message = new ByteArrayOutputStream(shown.length + 4096);
            header.writeTo(message);
            message.writeBytes(shown);
            return new Attached(Attached.MESSAGE, message.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
