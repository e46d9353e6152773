package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.Roster;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;
import org.posthorn.queue.MessageStore;
import org.posthorn.template.Answerable;
import org.posthorn.template.Attached;
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
 * Tells an author what became of a post, in their language, unless it is one that must not be answered (RFC 3834). What
 * machines decide is told so often a day and no more; what a moderator decides is always told.
 */
@ApplicationScoped
public class AuthorNotices {

    private static final int LONGEST_SUBJECT = 200;

    private final MessageStore messages;
    private final Roster roster;
    private final NoticeBudget budget;
    private final Templates templates;
    private final Outbox outbox;

    protected AuthorNotices() {
        this(null, null, null, null, null);
    }

    /** Posthorn's own text, and the name under which a site puts another in its place. */
    private enum Wording {
        HELD("held", TemplateName.HOLD),
        REJECTED_BY_RULES("rejected", TemplateName.REJECTED),
        REJECTED("rejected", TemplateName.REFUSE),
        NO_MORE_TODAY("no-more-today", TemplateName.NO_MORE_TODAY);

        private final String key;
        private final TemplateName template;

        Wording(String key, TemplateName template) {
            this.key = key;
            this.template = template;
        }
    }

    @Inject
    public AuthorNotices(
            MessageStore messages, Roster roster, NoticeBudget budget, Templates templates, Outbox outbox) {
        this.messages = messages;
        this.roster = roster;
        this.budget = budget;
        this.templates = templates;
        this.outbox = outbox;
    }

    /** It waits for a moderator. */
    void held(Submission post, List<Reason> reasons) {
        HeaderBlock header = StoredHeader.of(messages, post.messageId());
        author(post, header).ifPresent(author -> withinBudget(post, author, reasons, Wording.HELD, Optional.empty()));
    }

    /** The list's rules have rejected it; its header goes back with the notice. */
    void rejectedByRules(Submission post, Reason reason) {
        HeaderBlock header = StoredHeader.of(messages, post.messageId());
        author(post, header)
                .ifPresent(author -> withinBudget(
                        post, author, List.of(reason), Wording.REJECTED_BY_RULES, Optional.of(attached(header))));
    }

    /** A moderator has rejected it. */
    void rejected(Submission post, List<Reason> reasons) {
        HeaderBlock header = StoredHeader.of(messages, post.messageId());
        author(post, header)
                .ifPresent(author -> write(post, author, reasons, Wording.REJECTED, Optional.of(attached(header))));
    }

    /** Who forges the list's own address as the sender must not get the list to write to itself. */
    private static Optional<EmailAddress> author(Submission post, HeaderBlock header) {
        return Answerable.author(header, post.posting().sender())
                .filter(address -> !address.equals(ListAddress.of(post.list())));
    }

    private static Attached attached(HeaderBlock header) {
        HeaderBlock shown = header.copy();
        ApprovedLine.PASSWORD_FIELDS.forEach(shown::remove);
        return Attached.header(shown);
    }

    private void withinBudget(
            Submission post, EmailAddress author, List<Reason> reasons, Wording text, Optional<Attached> attached) {
        Answer answer = budget.take(post.list().getId(), author, NoticeBudget.Kind.AUTHOR);
        if (answer != Answer.NO) {
            write(post, author, reasons, text, attached);
        }
        if (answer == Answer.LAST) {
            write(post, author, reasons, Wording.NO_MORE_TODAY, Optional.empty());
        }
    }

    private void write(
            Submission post, EmailAddress author, List<Reason> reasons, Wording text, Optional<Attached> attached) {
        MailingList list = post.list();
        String language = roster.languageOf(list.getId(), author.key())
                .orElse(list.presentation().getPreferredLanguage());
        Map<String, String> values = new HashMap<>();
        values.put("list", list.getFqdnListname());
        values.put("subject", Text.line(post.posting().subject(), LONGEST_SUBJECT));
        values.put("reason", Reason.in(language, reasons));
        values.put("owner", list.address("owner"));
        values.put("most", Integer.toString(NoticeBudget.MOST));
        // What else Mailman's templates name.
        values.put("reasons", values.get("reason"));
        values.put("sender_email", author.address());
        values.put("user_email", author.address());
        values.put("num", values.get("most"));
        values.put("request", values.get("subject"));
        values.put("adminaddr", values.get("owner"));
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                author,
                Texts.fill(language, text.key + ".subject", values),
                templates.text(list, text.template, language, text.key + ".text", values),
                attached,
                Occasion.REPLY));
    }
}
