package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.MembersImported;
import org.posthorn.list.Recipient;
import org.posthorn.list.Roster;
import org.posthorn.list.subscription.RequestType;
import org.posthorn.list.subscription.SubscriptionEvent;
import org.posthorn.list.subscription.SubscriptionEvent.MemberJoined;
import org.posthorn.list.subscription.SubscriptionEvent.MemberLeft;
import org.posthorn.list.subscription.SubscriptionEvent.ModeratorsAsked;
import org.posthorn.list.subscription.SubscriptionEvent.RequestRejected;
import org.posthorn.list.subscription.SubscriptionEvent.SubscriberAsked;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;

/**
 * Writes to those who join and leave, and to those who decide about it, in the transaction in which it happens: nobody is
 * asked for what is then rolled back, and nothing waits of which nobody was told.
 *
 * <p>What a stranger typed as a name is told to moderators only: a mail that anybody can have sent to anybody holds nothing
 * that they chose.
 */
@ApplicationScoped
public class SubscriptionNotices {

    /** So many owners and moderators are told at the most. */
    private static final int MOST_OWNERS = 50;

    private static final int LONGEST_NAME = 200;

    private final ListRepository lists;
    private final Roster roster;
    private final Templates templates;
    private final PublicPages pages;
    private final Outbox outbox;

    protected SubscriptionNotices() {
        this(null, null, null, null, null);
    }

    @Inject
    public SubscriptionNotices(
            ListRepository lists, Roster roster, Templates templates, PublicPages pages, Outbox outbox) {
        this.lists = lists;
        this.roster = roster;
        this.templates = templates;
        this.pages = pages;
        this.outbox = outbox;
    }

    /** Posthorn's own text, and the name under which a site puts another in its place. */
    private enum Wording {
        CONFIRM_SUBSCRIBE("confirm.subscribe", TemplateName.USER_SUBSCRIBE),
        CONFIRM_UNSUBSCRIBE("confirm.unsubscribe", TemplateName.USER_UNSUBSCRIBE),
        INVITE("invite", TemplateName.USER_INVITE),
        WAITING_SUBSCRIBE("waiting.subscribe", TemplateName.ACTION_SUBSCRIBE),
        WAITING_UNSUBSCRIBE("waiting.unsubscribe", TemplateName.ACTION_UNSUBSCRIBE),
        REFUSED_SUBSCRIBE("refused.subscribe", TemplateName.REFUSE),
        REFUSED_UNSUBSCRIBE("refused.unsubscribe", TemplateName.REFUSE),
        WELCOME("welcome", TemplateName.WELCOME),
        GOODBYE("goodbye", TemplateName.GOODBYE),
        JOINED("joined", TemplateName.ADMIN_SUBSCRIBE),
        LEFT("left", TemplateName.ADMIN_UNSUBSCRIBE);

        private final String key;
        private final TemplateName template;

        Wording(String key, TemplateName template) {
            this.key = "subscription." + key;
            this.template = template;
        }

        private static Wording of(RequestType type, Wording subscription, Wording unsubscription) {
            return switch (type) {
                case SUBSCRIPTION -> subscription;
                case UNSUBSCRIPTION -> unsubscription;
            };
        }
    }

    /** Mailman's list:user:action:subscribe, :unsubscribe and :invite. */
    void ask(@Observes SubscriberAsked event) {
        MailingList list = list(event);
        Map<String, String> values = values(list, event.email(), null);
        values.put("link", pages.confirm(list, event.secret()));
        values.put("token", event.secret()); // as Mailman's templates name it
        Wording wording = event.invitation()
                ? Wording.INVITE
                : Wording.of(event.type(), Wording.CONFIRM_SUBSCRIBE, Wording.CONFIRM_UNSUBSCRIBE);
        send(list, event.email(), wording, values);
    }

    /** Mailman's list:admin:action:subscribe and :unsubscribe, where the list wants its moderators told at once. */
    void ask(@Observes ModeratorsAsked event) {
        MailingList list = list(event);
        if (list.posting().isAdminImmedNotify()) {
            Map<String, String> values = values(list, event.email(), event.displayName());
            values.put("link", pages.requests(list));
            sendToOwners(
                    list, Wording.of(event.type(), Wording.WAITING_SUBSCRIBE, Wording.WAITING_UNSUBSCRIBE), values);
        }
    }

    /** Mailman's list:user:notice:refuse. */
    void refuse(@Observes RequestRejected event) {
        MailingList list = list(event);
        Map<String, String> values = values(list, event.email(), null);
        values.put("reason", event.reason().isBlank() ? "-" : event.reason().strip());
        Wording wording = Wording.of(event.type(), Wording.REFUSED_SUBSCRIBE, Wording.REFUSED_UNSUBSCRIBE);
        // As refused posts have them: it is one template for both.
        values.put("reasons", values.get("reason"));
        values.put("adminaddr", values.get("owner"));
        String request = Texts.fill(language(list, event.email()), wording.key + ".request", values);
        values.put("request", request);
        values.put("subject", request);
        send(list, event.email(), wording, values);
    }

    /** Mailman's list:user:notice:welcome and list:admin:notice:subscribe. */
    void welcome(@Observes MemberJoined event) {
        MailingList list = list(event);
        if (event.welcome()) {
            send(list, event.email(), Wording.WELCOME, values(list, event.email(), event.displayName()));
        }
        if (list.joining().isAdminNotifyMchanges()) {
            sendToOwners(list, Wording.JOINED, values(list, event.email(), event.displayName()));
        }
    }

    /** The same for those whom an import has added; the import's own report is for the owners. */
    void welcome(@Observes MembersImported event) {
        MailingList list = list(event.listId());
        for (MembersImported.Added member : event.members()) {
            send(list, member.email(), Wording.WELCOME, values(list, member.email(), member.displayName()));
        }
    }

    /** Mailman's list:user:notice:goodbye and list:admin:notice:unsubscribe. */
    void sayGoodbye(@Observes MemberLeft event) {
        MailingList list = list(event);
        if (list.joining().isSendGoodbyeMessage()) {
            send(list, event.email(), Wording.GOODBYE, values(list, event.email(), event.displayName()));
        }
        if (list.joining().isAdminNotifyMchanges()) {
            sendToOwners(list, Wording.LEFT, values(list, event.email(), event.displayName()));
        }
    }

    private MailingList list(SubscriptionEvent event) {
        return list(event.listId());
    }

    private MailingList list(long id) {
        return lists.byId(id)
                .orElseThrow(() -> new IllegalStateException("a list cannot be gone while it is joined: " + id));
    }

    private static Map<String, String> values(MailingList list, String email, String displayName) {
        Map<String, String> values = new HashMap<>();
        values.put("list", list.getFqdnListname());
        values.put("display_name", list.presentation().getDisplayName());
        values.put("owner", list.address("owner"));
        values.put("leave", list.address("leave"));
        values.put("email", email);
        values.put("user_email", email);
        values.put(
                "member",
                displayName == null || displayName.isBlank()
                        ? email
                        : Text.line(displayName, LONGEST_NAME) + " <" + email + ">");
        return values;
    }

    private void sendToOwners(MailingList list, Wording wording, Map<String, String> values) {
        for (Recipient owner : roster.ownersAndModerators(list.getId(), 0, MOST_OWNERS)) {
            send(list, owner.email(), wording, values);
        }
    }

    private void send(MailingList list, String to, Wording wording, Map<String, String> values) {
        EmailAddress address = address(to);
        String language = language(list, to);
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                address,
                Texts.fill(language, wording.key + ".subject", values),
                templates.text(list, wording.template, language, wording.key + ".text", values),
                Optional.empty(),
                Notice.Occasion.EVENT));
    }

    private String language(MailingList list, String reader) {
        return roster.languageOf(list.getId(), address(reader).key())
                .orElse(list.presentation().getPreferredLanguage());
    }

    private static EmailAddress address(String email) {
        return EmailAddress.parse(email)
                .orElseThrow(() -> new IllegalStateException("a member's address cannot be none: " + email));
    }
}
