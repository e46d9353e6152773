package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Paging;
import org.posthorn.list.subscription.PendingRequest;
import org.posthorn.list.subscription.PendingRequests;
import org.posthorn.list.subscription.RequestType;
import org.posthorn.list.subscription.TokenOwner;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.template.ListAddress;
import org.posthorn.template.Notice;
import org.posthorn.template.Notice.Occasion;
import org.posthorn.template.Outbox;
import org.posthorn.template.PublicPages;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Templates;
import org.posthorn.template.Texts;

/**
 * One list's daily mail to its owners and moderators about what waits for them: held posts, and requests to join or leave. The
 * longest waiting are named, the rest is counted, so that the mail stays small however many there are. It never goes twice a
 * day: the list's row has the day, and who changes it first sends, in the same transaction.
 */
@ApplicationScoped
public class ModeratorReminder {

    /** How many of a kind are named. */
    static final int NAMED = 20;

    private static final int LONGEST_LINE = 200;

    private final Sql sql;
    private final Clock clock;
    private final ListRepository lists;
    private final HeldMessages held;
    private final PendingRequests requests;
    private final PublicPages pages;
    private final Templates templates;
    private final Outbox outbox;

    protected ModeratorReminder() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public ModeratorReminder(
            Sql sql,
            Clock clock,
            ListRepository lists,
            HeldMessages held,
            PendingRequests requests,
            PublicPages pages,
            Templates templates,
            Outbox outbox) {
        this.sql = sql;
        this.clock = clock;
        this.lists = lists;
        this.held = held;
        this.requests = requests;
        this.pages = pages;
        this.templates = templates;
        this.outbox = outbox;
    }

    /**
     * @param day in UTC
     * @return whether it was sent; false: the list had it that day, nothing waits any more, or the list is gone
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW) // one list's failure is not the others'
    public boolean send(long listId, LocalDate day) {
        boolean mine = sql.update("""
                        update mailing_list set moderators_reminded_on = ?
                        where id = ? and (moderators_reminded_on is null or moderators_reminded_on < ?)""", day, listId, day) == 1;
        Optional<MailingList> list = mine ? lists.byId(listId) : Optional.empty();
        return list.isPresent() && send(list.get());
    }

    private boolean send(MailingList list) {
        long posts = held.count(list.getId());
        long wishes = requests.count(list.getId(), null, TokenOwner.MODERATOR);
        if (posts + wishes == 0) {
            return false;
        }
        String language = list.presentation().getPreferredLanguage();
        StringBuilder data = new StringBuilder();
        if (posts > 0) {
            posts(list, language, posts, data);
        }
        if (wishes > 0) {
            requests(list, language, wishes, data);
        }
        Map<String, String> values = Map.of(
                "list", list.getFqdnListname(),
                "count", Long.toString(posts + wishes),
                "data", data.toString(),
                "link", pages.held(list));
        EmailAddress owners = ListAddress.of(list, "owner");
        outbox.sendToOwners(new Notice(
                list.getId(),
                new NamedAddress("", owners),
                owners,
                Texts.fill(language, "pending.subject", values),
                templates.text(list, TemplateName.ADMIN_PENDING, language, "pending.text", values),
                Optional.empty(),
                Occasion.EVENT));
        return true;
    }

    private void posts(MailingList list, String language, long count, StringBuilder data) {
        data.append(
                Texts.fill(language, "pending.posts", Map.of("count", Long.toString(count), "link", pages.held(list))));
        for (HeldMessage post : held.page(list.getId(), 0, NAMED)) {
            data.append(Texts.fill(
                    language,
                    "pending.post",
                    Map.of(
                            "sender", Text.line(post.sender(), LONGEST_LINE),
                            "subject", Text.line(post.subject(), LONGEST_LINE),
                            "reason", Text.line(Reason.in(language, post.reasons()), LONGEST_LINE),
                            "age", age(language, post.heldAt()))));
        }
        more(language, count, data);
    }

    private void requests(MailingList list, String language, long count, StringBuilder data) {
        data.append(Texts.fill(
                language, "pending.requests", Map.of("count", Long.toString(count), "link", pages.requests(list))));
        List<PendingRequest> named = requests.of(list.getId(), null, TokenOwner.MODERATOR, Paging.first(NAMED))
                .entries();
        for (PendingRequest request : named) {
            data.append(Texts.fill(
                    language,
                    request.type() == RequestType.SUBSCRIPTION ? "pending.join" : "pending.leave",
                    Map.of(
                            "address", Text.line(request.originalEmail(), LONGEST_LINE),
                            "age", age(language, request.requestedAt()))));
        }
        more(language, count, data);
    }

    private static void more(String language, long count, StringBuilder data) {
        if (count > NAMED) {
            data.append(Texts.fill(language, "pending.more", Map.of("count", Long.toString(count - NAMED))));
        }
        data.append('\n');
    }

    private String age(String language, Instant since) {
        Duration age = Duration.between(since, clock.instant());
        long days = age.toDays();
        long hours = Math.max(0, age.toHours());
        String key = days > 1 ? "days" : days == 1 ? "day" : hours > 1 ? "hours" : hours == 1 ? "hour" : "new";
        return Texts.fill(language, "pending.age." + key, Map.of("count", Long.toString(days > 0 ? days : hours)));
    }
}
