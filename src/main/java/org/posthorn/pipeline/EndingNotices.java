package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.Roster;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.NamedAddress;
import org.posthorn.pipeline.Ending.Why;
import org.posthorn.platform.Text;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.template.Answerable;
import org.posthorn.template.Attached;
import org.posthorn.template.Forward;
import org.posthorn.template.ListAddress;
import org.posthorn.template.Notice;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.NoticeBudget;
import org.posthorn.template.NoticeBudget.Answer;
import org.posthorn.template.Outbox;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Templates;
import org.posthorn.template.Texts;

/**
 * Tells the author, or the owners, of a post whose way ended in the pipeline: as machines tell it, so often a day and no
 * more for one author's posts. In the caller's transaction.
 */
@ApplicationScoped
public class EndingNotices {

    private static final int LONGEST_SUBJECT = 200;

    private final MessageStore messages;
    private final Roster roster;
    private final NoticeBudget budget;
    private final Templates templates;
    private final Outbox outbox;

    protected EndingNotices() {
        this(null, null, null, null, null);
    }

    @Inject
    public EndingNotices(
            MessageStore messages, Roster roster, NoticeBudget budget, Templates templates, Outbox outbox) {
        this.messages = messages;
        this.roster = roster;
        this.budget = budget;
        this.templates = templates;
        this.outbox = outbox;
    }

    /** To the author, with the post's header; not to one who must not be answered, nor to the list itself. */
    void rejected(MailingList list, Posting posting, long messageId, Why why) {
        HeaderBlock header = header(messageId);
        Optional<EmailAddress> author =
                Answerable.author(header, posting.sender()).filter(address -> !address.equals(ListAddress.of(list)));
        if (author.isEmpty()) {
            return;
        }
        Answer answer = budget.take(list.getId(), author.get(), NoticeBudget.Kind.AUTHOR);
        if (answer != Answer.NO) {
            write(list, posting, author.get(), why, "rejected", TemplateName.REJECTED, Optional.of(header));
        }
        if (answer == Answer.LAST) {
            write(list, posting, author.get(), why, "no-more-today", TemplateName.NO_MORE_TODAY, Optional.empty());
        }
    }

    /** The whole post to the owners and moderators. */
    void forwarded(MailingList list, Posting posting, long messageId, Why why) {
        String language = list.presentation().getPreferredLanguage();
        EmailAddress owners = ListAddress.of(list, "owner");
        Map<String, String> values = values(list, posting, why.in(language));
        outbox.sendToOwners(new Forward(
                list.getId(),
                new NamedAddress("", owners),
                List.of(owners),
                Texts.fill(language, "filtered-forward.subject", values),
                Texts.fill(language, "filtered-forward.text", values),
                messageId));
    }

    private void write(
            MailingList list,
            Posting posting,
            EmailAddress author,
            Why why,
            String key,
            TemplateName template,
            Optional<HeaderBlock> header) {
        String language = roster.languageOf(list.getId(), author.key())
                .orElse(list.presentation().getPreferredLanguage());
        Map<String, String> values = values(list, posting, why.in(language));
        values.put("sender_email", author.address());
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                author,
                Texts.fill(language, key + ".subject", values),
                templates.text(list, template, language, key + ".text", values),
                header.map(Attached::header),
                Occasion.REPLY));
    }

    private static Map<String, String> values(MailingList list, Posting posting, String reason) {
        String subject = Text.line(posting.subject(), LONGEST_SUBJECT);
        String owner = list.address("owner");
        String most = Integer.toString(NoticeBudget.MOST);
        Map<String, String> values = new HashMap<>();
        values.put("list", list.getFqdnListname());
        values.put("subject", subject);
        values.put("reason", reason);
        values.put("owner", owner);
        values.put("most", most);
        // What else Mailman's templates name.
        values.put("reasons", reason);
        values.put("num", most);
        values.put("request", subject);
        values.put("adminaddr", owner);
        return values;
    }

    /** Without a moderator's password. */
    private HeaderBlock header(long messageId) {
        try (InputStream octets = messages.open(messageId)) {
            HeaderBlock header = MailMessage.open(octets).header();
            ApprovedLine.PASSWORD_FIELDS.forEach(header::remove);
            return header;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
