package org.posthorn.pipeline;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.Roster;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;
import org.posthorn.queue.Posting;
import org.posthorn.template.ListAddress;
import org.posthorn.template.Notice;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.Outbox;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Templates;
import org.posthorn.template.Texts;

/** Tells the author that a post has gone out, in their language, who is a member and wishes it. In the caller's transaction. */
@ApplicationScoped
public class Acknowledgements {

    private static final int LONGEST_SUBJECT = 200;

    private final Roster roster;
    private final Templates templates;
    private final Outbox outbox;

    protected Acknowledgements() {
        this(null, null, null);
    }

    @Inject
    public Acknowledgements(Roster roster, Templates templates, Outbox outbox) {
        this.roster = roster;
        this.templates = templates;
        this.outbox = outbox;
    }

    /** @param author empty: nobody that could be told */
    void posted(MailingList list, Posting posting, String author) {
        EmailAddress.parse(author)
                .filter(address -> roster.acknowledges(list.getId(), address.key()))
                .ifPresent(address -> write(list, posting, address));
    }

    private void write(MailingList list, Posting posting, EmailAddress author) {
        String language = roster.languageOf(list.getId(), author.key())
                .orElse(list.presentation().getPreferredLanguage());
        Map<String, String> values =
                Map.of("list", list.getFqdnListname(), "subject", Text.line(posting.subject(), LONGEST_SUBJECT));
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                author,
                Texts.fill(language, "acknowledged.subject", values),
                templates.text(list, TemplateName.POST, language, "acknowledged.text", values),
                Optional.empty(),
                Occasion.REPLY));
    }
}
