package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
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
import org.posthorn.platform.settings.Settings;

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
    private final Outbox outbox;
    private final Settings settings;

    protected SubscriptionNotices() {
        this(null, null, null, null, null);
    }

    @Inject
    public SubscriptionNotices(
            ListRepository lists, Roster roster, Templates templates, Outbox outbox, Settings settings) {
        this.lists = lists;
        this.roster = roster;
        this.templates = templates;
        this.outbox = outbox;
        this.settings = settings;
    }

    /** Mailman's list:user:action:subscribe, :unsubscribe and :invite. */
    void ask(@Observes SubscriberAsked event) {
        String occasion = event.invitation() ? "invite" : "confirm." + word(event.type());
        MailingList list = list(event);
        Map<String, String> values = values(list, event.email(), null);
        values.put("link", baseUrl(list) + "/confirm/" + event.secret());
        send(list, event.email(), occasion, values);
    }

    /** Mailman's list:admin:action:subscribe and :unsubscribe, where the list wants its moderators told at once. */
    void ask(@Observes ModeratorsAsked event) {
        MailingList list = list(event);
        if (list.posting().isAdminImmedNotify()) {
            Map<String, String> values = values(list, event.email(), event.displayName());
            values.put("link", baseUrl(list) + "/manage/" + list.getListId() + "/requests");
            sendToOwners(list, "waiting." + word(event.type()), values);
        }
    }

    /** Mailman's list:user:notice:refuse. */
    void refuse(@Observes RequestRejected event) {
        MailingList list = list(event);
        Map<String, String> values = values(list, event.email(), null);
        values.put("reason", event.reason().isBlank() ? "-" : event.reason().strip());
        send(list, event.email(), "refused." + word(event.type()), values);
    }

    /** Mailman's list:user:notice:welcome and list:admin:notice:subscribe. */
    void welcome(@Observes MemberJoined event) {
        MailingList list = list(event);
        if (event.welcome()) {
            send(list, event.email(), "welcome", values(list, event.email(), event.displayName()));
        }
        if (list.joining().isAdminNotifyMchanges()) {
            sendToOwners(list, "joined", values(list, event.email(), event.displayName()));
        }
    }

    /** Mailman's list:user:notice:goodbye and list:admin:notice:unsubscribe. */
    void sayGoodbye(@Observes MemberLeft event) {
        MailingList list = list(event);
        if (list.joining().isSendGoodbyeMessage()) {
            send(list, event.email(), "goodbye", values(list, event.email(), event.displayName()));
        }
        if (list.joining().isAdminNotifyMchanges()) {
            sendToOwners(list, "left", values(list, event.email(), event.displayName()));
        }
    }

    private MailingList list(SubscriptionEvent event) {
        return lists.byId(event.listId())
                .orElseThrow(
                        () -> new IllegalStateException("a list cannot be gone while it is joined: " + event.listId()));
    }

    private String baseUrl(MailingList list) {
        String own = list.getDomain().getBaseUrl();
        String base = own == null || own.isBlank() ? settings.publicUrl() : own.strip();
        return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    private static String word(RequestType type) {
        return switch (type) {
            case SUBSCRIPTION -> "subscribe";
            case UNSUBSCRIPTION -> "unsubscribe";
        };
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

    private void sendToOwners(MailingList list, String occasion, Map<String, String> values) {
        for (Recipient owner : roster.ownersAndModerators(list.getId(), 0, MOST_OWNERS)) {
            send(list, owner.email(), occasion, values);
        }
    }

    private void send(MailingList list, String to, String occasion, Map<String, String> values) {
        String language = list.presentation().getPreferredLanguage();
        EmailAddress address = EmailAddress.parse(to)
                .orElseThrow(() -> new IllegalStateException("a member's address cannot be none: " + to));
        outbox.send(new Notice(
                list.getId(),
                new NamedAddress("", ListAddress.of(list, "owner")),
                address,
                Texts.fill(language, "subscription." + occasion + ".subject", values),
                templates.text(list, template(occasion), language, "subscription." + occasion + ".text", values),
                Optional.empty(),
                Notice.Occasion.EVENT));
    }

    /** What a site can put in the place of the text. */
    private static TemplateName template(String occasion) {
        return switch (occasion) {
            case "invite" -> TemplateName.USER_INVITE;
            case "confirm.subscribe" -> TemplateName.USER_SUBSCRIBE;
            case "confirm.unsubscribe" -> TemplateName.USER_UNSUBSCRIBE;
            case "waiting.subscribe" -> TemplateName.ACTION_SUBSCRIBE;
            case "waiting.unsubscribe" -> TemplateName.ACTION_UNSUBSCRIBE;
            case "refused.subscribe", "refused.unsubscribe" -> TemplateName.REFUSE;
            case "welcome" -> TemplateName.WELCOME;
            case "goodbye" -> TemplateName.GOODBYE;
            case "joined" -> TemplateName.ADMIN_SUBSCRIBE;
            case "left" -> TemplateName.ADMIN_UNSUBSCRIBE;
            default -> throw new IllegalStateException("there cannot be an occasion " + occasion);
        };
    }
}
