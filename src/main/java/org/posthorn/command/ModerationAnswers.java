package org.posthorn.command;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;
import org.posthorn.moderation.DecideHeld;
import org.posthorn.moderation.HeldDecisions;
import org.posthorn.moderation.HeldDecisions.Decision;
import org.posthorn.moderation.HeldMessage;
import org.posthorn.moderation.HeldReplies;
import org.posthorn.platform.Text;
import org.posthorn.template.ListAddress;
import org.posthorn.template.Notice;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.NoticeBudget;
import org.posthorn.template.NoticeBudget.Answer;
import org.posthorn.template.Outbox;
import org.posthorn.template.PublicPages;
import org.posthorn.template.Texts;

/**
 * Tells a moderator who answered by mail what became of it. A decision is always told; it happens once to a post. All other
 * answers are told so often a day and no more; more often to who knows a post's address, and so is surely who they say.
 */
@ApplicationScoped
public class ModerationAnswers {

    private static final int LONGEST_LINE = 200;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final HeldDecisions decisions;
    private final NoticeBudget budget;
    private final PublicPages pages;
    private final Outbox outbox;

    protected ModerationAnswers() {
        this(null, null, null, null);
    }

    @Inject
    public ModerationAnswers(HeldDecisions decisions, NoticeBudget budget, PublicPages pages, Outbox outbox) {
        this.decisions = decisions;
        this.budget = budget;
        this.pages = pages;
        this.outbox = outbox;
    }

    void done(MailingList list, EmailAddress to, HeldMessage post, DecideHeld.Decision decision, String token) {
        Map<String, String> about = new HashMap<>(about(post));
        String language = list.presentation().getPreferredLanguage();
        about.put(
                "always",
                decision.always()
                        .map(treatment -> Texts.fill(
                                language, "moderated.always." + treatment.name().toLowerCase(Locale.ROOT), about(post)))
                        .orElse(""));
        switch (decision.choice()) {
            case ACCEPT -> send(list, to, "moderated.accepted", about, Optional.empty());
            case REJECT -> send(list, to, "moderated.rejected", about, Optional.empty());
            case DISCARD -> send(list, to, "moderated.discarded", about, Optional.empty());
            case DEFER -> sendToModerator(list, to, "moderated.deferred", about, HeldReplies.address(list, token));
        }
    }

    /** Somebody else was quicker, or it was held for too long. */
    void already(MailingList list, EmailAddress to, long posting) {
        Optional<Decision> decision = decisions.of(list.getId(), posting);
        String language = list.presentation().getPreferredLanguage();
        Map<String, String> values = new HashMap<>();
        values.put("when", decision.map(found -> TIME.format(found.at())).orElse("–"));
        values.put("who", decision.map(Decision::by).filter(by -> !by.isEmpty()).orElse("–"));
        values.put(
                "what",
                decision.map(found -> Texts.fill(language, "moderated.what." + found.event(), Map.of()))
                        .orElse("–"));
        sendToModerator(list, to, "moderated.already", values, Optional.empty());
    }

    void unclear(MailingList list, EmailAddress to, HeldMessage post, String token) {
        sendToModerator(list, to, "moderated.unclear", about(post), HeldReplies.address(list, token));
    }

    void wrongPassword(MailingList list, EmailAddress to, HeldMessage post, String token) {
        sendToModerator(list, to, "moderated.wrong-password", about(post), HeldReplies.address(list, token));
    }

    /** The writer is no owner or moderator. */
    void refused(MailingList list, EmailAddress to) {
        sendToAnybody(list, to, "moderated.refused");
    }

    /** The token is none, or none any more. */
    void unknown(MailingList list, EmailAddress to) {
        sendToAnybody(list, to, "moderated.unknown");
    }

    private static Map<String, String> about(HeldMessage post) {
        return Map.of(
                "sender", Text.line(post.sender(), LONGEST_LINE),
                "subject", Text.line(post.subject(), LONGEST_LINE));
    }

    private void sendToModerator(
            MailingList list, EmailAddress to, String key, Map<String, String> values, Optional<EmailAddress> replyTo) {
        if (budget.take(list.getId(), to, NoticeBudget.Kind.MODERATION) != Answer.NO) {
            send(list, to, key, values, replyTo);
        }
    }

    private void sendToAnybody(MailingList list, EmailAddress to, String key) {
        if (budget.take(list.getId(), to, NoticeBudget.Kind.COMMAND) != Answer.NO) {
            send(list, to, key, Map.of(), Optional.empty());
        }
    }

    private void send(
            MailingList list, EmailAddress to, String key, Map<String, String> values, Optional<EmailAddress> replyTo) {
        String language = list.presentation().getPreferredLanguage();
        Map<String, String> all = new HashMap<>(values);
        all.put("list", list.getFqdnListname());
        all.put("link", pages.held(list));
        all.put("words", Texts.fill(language, "to-moderate.answer", Map.of()));
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                to,
                Texts.fill(language, "moderated.subject", all),
                Texts.fill(language, key, all),
                Optional.empty(),
                Occasion.REPLY,
                replyTo));
    }
}
