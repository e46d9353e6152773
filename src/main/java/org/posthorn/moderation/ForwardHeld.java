package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;
import org.posthorn.template.Forward;
import org.posthorn.template.ListAddress;
import org.posthorn.template.NoticeBudget;
import org.posthorn.template.Outbox;
import org.posthorn.template.Texts;

/**
 * Lets others see a held post: sends it on to them as it came, and decides nothing about it. So often a day and list, and no more:
 * a moderator could have the site send to anybody what they have posted themselves.
 */
@ApplicationScoped
public class ForwardHeld {

    static final int MOST_ADDRESSES = 20;

    private final HeldMessages held;
    private final ListRepository lists;
    private final NoticeBudget budget;
    private final Outbox outbox;
    private final Trace trace;
    private final AuditLog audit;

    protected ForwardHeld() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ForwardHeld(
            HeldMessages held, ListRepository lists, NoticeBudget budget, Outbox outbox, Trace trace, AuditLog audit) {
        this.held = held;
        this.lists = lists;
        this.budget = budget;
        this.outbox = outbox;
        this.trace = trace;
        this.audit = audit;
    }

    /**
     * @param by who does it, for the trace
     * @return false: there is no such held post (any more)
     * @throws InvalidValueException when one is no address, there are more than 20, or it would be too many today
     */
    @Transactional
    @Needs(Right.MODERATE)
    public boolean to(@OfList long listId, long requestId, Collection<String> emails, String by) {
        List<EmailAddress> to = addresses(emails);
        Optional<HeldMessage> post = held.find(listId, requestId);
        post.ifPresent(found -> send(found, to, by));
        return post.isPresent();
    }

    /** In the caller's transaction, which has seen to the rights and may have decided about the post already. */
    void send(HeldMessage post, List<EmailAddress> to, String by) {
        long listId = post.listId();
        MailingList list = lists.byId(listId)
                .orElseThrow(() ->
                        new IllegalStateException("a held message cannot be without its list: " + post.requestId()));
        if (!budget.takeAll(listId, ListAddress.of(list), NoticeBudget.Kind.FORWARD, to.size())) {
            throw tooMany(to.size());
        }
        String language = list.presentation().getPreferredLanguage();
        Map<String, String> values = Map.of(
                "list", list.getFqdnListname(),
                "subject", Text.line(post.subject(), 200),
                "reason", post.reason(),
                "owner", list.address("owner"));
        outbox.send(new Forward(
                listId,
                new NamedAddress("", ListAddress.of(list, "owner")),
                to,
                Texts.fill(language, "forward.subject", values),
                Texts.fill(language, "forward.text", values),
                post.messageId()));
        trace.event(
                post.postingId(),
                QueueName.IN,
                "forwarded",
                "to " + to.size() + (to.size() == 1 ? " address by " : " addresses by ") + by);
        audit.record(
                "forward",
                new AuditSubject("held", post.messageIdField(), listId, list.getListId()),
                "request=" + post.requestId() + " to="
                        + String.join(
                                ",", to.stream().map(EmailAddress::address).toList()));
    }

    /**
     * @param mails how many posts are to go to others, each counted for each of them
     * @throws InvalidValueException when that is more than what is left for the list today
     */
    void requireRoom(long listId, int mails) {
        boolean room = lists.byId(listId)
                .map(list -> budget.left(listId, ListAddress.of(list), NoticeBudget.Kind.FORWARD) >= mails)
                .orElse(true);
        if (!room) {
            throw tooMany(mails);
        }
    }

    private static InvalidValueException tooMany(int mails) {
        return new InvalidValueException(
                "forward", mails + " mails more", "at most " + NoticeBudget.MOST_OF_MODERATORS + " a day and list");
    }

    /** @throws InvalidValueException when one is no address, or there are more than 20 */
    static List<EmailAddress> addresses(Collection<String> emails) {
        if (emails.size() > MOST_ADDRESSES) {
            throw new InvalidValueException("forward", emails.size() + " addresses", "at most " + MOST_ADDRESSES);
        }
        List<EmailAddress> to = new ArrayList<>();
        for (String email : emails) {
            to.add(EmailAddress.parse(email)
                    .orElseThrow(() -> new InvalidValueException("forward", email, "an e-mail address")));
        }
        return to;
    }
}
