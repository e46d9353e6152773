package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.Autoresponses;
import org.posthorn.list.Bans;
import org.posthorn.list.MailingList;
import org.posthorn.list.ResponseAction;
import org.posthorn.list.Roster;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.NoticeBudget.Answer;

/**
 * Answers mail to a list automatically, with the text that its owners have set: mail to the owners, posts, and mail to the robot,
 * each by itself. Once per address and kind within the list's grace period, and so often a day and no more; never mail of machines
 * or lists, mail with the null reverse-path, or mail that comes from the list's own addresses (RFC 3834 section 2).
 */
@ApplicationScoped
public class Autoresponder {

    /** One who is never to be forgotten would be remembered for so long. */
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Sql sql;
    private final Ids ids;
    private final Clock clock;
    private final Bans bans;
    private final Roster roster;
    private final NoticeBudget budget;
    private final Outbox outbox;

    protected Autoresponder() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public Autoresponder(Sql sql, Ids ids, Clock clock, Bans bans, Roster roster, NoticeBudget budget, Outbox outbox) {
        this.sql = sql;
        this.ids = ids;
        this.clock = clock;
        this.bans = bans;
        this.roster = roster;
        this.budget = budget;
        this.outbox = outbox;
    }

    /** What was written to. */
    public enum Kind {
        OWNER,
        POSTINGS,
        REQUESTS;

        ResponseAction action(Autoresponses of) {
            return switch (this) {
                case OWNER -> of.getAutorespondOwner();
                case POSTINGS -> of.getAutorespondPostings();
                case REQUESTS -> of.getAutorespondRequests();
            };
        }

        String text(Autoresponses of) {
            return switch (this) {
                case OWNER -> of.getAutoresponseOwnerText();
                case POSTINGS -> of.getAutoresponsePostingsText();
                case REQUESTS -> of.getAutoresponseRequestText();
            };
        }
    }

    /** @return whether the list answers this kind of mail at all */
    public boolean isOn(MailingList list, Kind kind) {
        return kind.action(list.autoresponses()) != ResponseAction.NONE;
    }

    /**
     * Answers where an answer is due, in the caller's transaction.
     *
     * @param reversePath empty for the null path
     * @return whether the mail is to go on; what the list discards ends here, answered or not
     */
    public boolean respond(MailingList list, Kind kind, HeaderBlock header, String reversePath) {
        ResponseAction action = kind.action(list.autoresponses());
        if (action == ResponseAction.NONE) {
            return true;
        }
        String text = kind.text(list.autoresponses());
        if (!text.isBlank() && !isUnwanted(header)) {
            Answerable.author(header, reversePath)
                    .filter(author -> !isOwn(list, author) && !bans.isBanned(list.getId(), author.key()))
                    .filter(author -> isDue(list, kind, author))
                    .filter(author -> budget.take(list.getId(), author, NoticeBudget.Kind.RESPONSE) != Answer.NO)
                    .ifPresent(author -> send(list, author, text));
        }
        return action == ResponseAction.RESPOND_AND_CONTINUE;
    }

    private static boolean isUnwanted(HeaderBlock header) {
        return header.first("X-Ack")
                .filter(value -> value.strip().equalsIgnoreCase("no"))
                .isPresent();
    }

    private static boolean isOwn(MailingList list, EmailAddress author) {
        String own = ListAddress.of(list).key();
        String name = own.substring(0, own.lastIndexOf('@'));
        return author.domain().equals(list.getMailHost())
                && (author.key().equals(own) || author.key().startsWith(name + "-"));
    }

    /** Notes the answer if none was given within the grace period. Of two that ask at once one fails and is tried again. */
    private boolean isDue(MailingList list, Kind kind, EmailAddress author) {
        Duration grace = list.autoresponses().getAutoresponseGracePeriod();
        if (grace.isZero() || grace.isNegative()) {
            return true;
        }
        Duration bounded = grace.compareTo(LONGEST) > 0 ? LONGEST : grace;
        Instant now = clock.instant();
        Instant forget = now.plus(bounded);
        Optional<Instant> before = sql.first(
                "select responded_at from autoresponse where list_id = ? and email = ? and kind = ?",
                row -> Sql.instant(row, "responded_at"),
                list.getId(),
                author.key(),
                kind);
        if (before.isEmpty()) {
            sql.update(
                    "insert into autoresponse (id, list_id, email, kind, responded_at, forget_at) values (?, ?, ?, ?, ?, ?)",
                    ids.next(),
                    list.getId(),
                    author.key(),
                    kind,
                    now,
                    forget);
            return true;
        }
        return sql.update(
                        "update autoresponse set responded_at = ?, forget_at = ? where list_id = ? and email = ? and kind = ? and responded_at <= ?",
                        now,
                        forget,
                        list.getId(),
                        author.key(),
                        kind,
                        now.minus(bounded))
                == 1;
    }

    private void send(MailingList list, EmailAddress author, String text) {
        String language = roster.languageOf(list.getId(), author.key())
                .orElse(list.presentation().getPreferredLanguage());
        Map<String, String> values = new HashMap<>(Variables.of(list, language));
        values.put("list", list.getFqdnListname());
        // What else Mailman's texts name.
        values.put("requestemail", values.get("request_email"));
        values.put("owneremail", values.get("owner_email"));
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                author,
                Texts.fill(language, "autoresponse.subject", values),
                Variables.replace(text, values),
                Optional.empty(),
                Occasion.REPLY));
    }

    /**
     * Forgets those whose grace period is over.
     *
     * @param most how many at the most
     * @return how many
     */
    @Transactional
    public int forget(int most) {
        return sql.update(
                "delete from autoresponse where id in (select id from autoresponse where forget_at < ? order by forget_at fetch first "
                        + most + " rows only)",
                clock.instant());
    }
}
