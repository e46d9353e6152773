package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import java.util.function.Function;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.BannedException;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.MemberSearch;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.SubscriberRepository;
import org.posthorn.list.Subscriptions;

/** {@code /3.1/members}: memberships of every list and role. */
@Path("members")
@ApplicationScoped
public class MembersResource {

    private static final Set<String> NEW = Set.of(
            "display_name",
            "role",
            "delivery_mode",
            "delivery_status",
            "pre_verified",
            "pre_confirmed",
            "pre_approved",
            "invitation",
            "send_welcome_message");
    private final ListRepository lists;
    private final MemberRepository members;
    private final SubscriberRepository subscribers;
    private final Subscriptions subscriptions;
    private final ShownPeople shown;
    private final Links links;
    private final Reading reading;

    protected MembersResource() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public MembersResource(
            ListRepository lists,
            MemberRepository members,
            SubscriberRepository subscribers,
            Subscriptions subscriptions,
            ShownPeople shown,
            Links links,
            Reading reading) {
        this.lists = lists;
        this.members = members;
        this.subscribers = subscribers;
        this.subscriptions = subscriptions;
        this.shown = shown;
        this.links = links;
        this.reading = reading;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("count", "page", "fields"));
        MemberSearch everybody = new MemberSearch(null, null, null, null, null, null, null);
        Function<Member, JsonObject> entry = ShownPeople.only(query.all("fields"), shown::member);
        return new Listing(
                Page.of(query),
                paging -> reading.within(() -> members.find(everybody, paging).map(entry)));
    }

    @POST
    @Transactional
    public Response subscribe(Fields body) {
        body.check(Set.of("list_id", "subscriber"), NEW);
        MailingList list = lists.byListId(body.text("list_id")).orElseThrow(() -> Refusal.badRequest("No such list"));
        Role role = body.constant("role", Role.class).orElse(Role.MEMBER);
        if (role == Role.MEMBER) {
            checkNobodyIsToBeAsked(body, list);
        }
        try {
            return Created.at(links.mailman(
                    "members", shown.id(subscribed(body, list, role).getId())));
        } catch (DuplicateException e) {
            throw Refusal.conflict("Member already subscribed");
        } catch (BannedException e) {
            throw Refusal.badRequest("Membership is banned");
        }
    }

    private Member subscribed(Fields body, MailingList list, Role role) {
        String subscriber = body.text("subscriber");
        NewSubscription wanted = new NewSubscription(
                list.getId(),
                subscriber,
                body.optional("display_name").filter(name -> !name.isEmpty()).orElse(null),
                role,
                body.constant("delivery_mode", DeliveryMode.class).orElse(null),
                body.constant("delivery_status", DeliveryStatus.class).orElse(null),
                body.flag("pre_verified", false));
        if (subscriber.indexOf('@') < 0) {
            return subscriptions.subscribe(
                    links.version()
                            .parse(subscriber)
                            .flatMap(subscribers::byId)
                            .orElseThrow(() -> Refusal.badRequest("User not found: " + subscriber)),
                    wanted);
        }
        return subscriptions.subscribe(wanted);
    }

    private static void checkNobodyIsToBeAsked(Fields body, MailingList list) {
        boolean asks = switch (list.joining().getSubscriptionPolicy()) {
            case OPEN -> !body.flag("pre_verified", false);
            case CONFIRM -> !body.flag("pre_verified", false) || !body.flag("pre_confirmed", false);
            case MODERATE -> !body.flag("pre_verified", false) || !body.flag("pre_approved", false);
            case CONFIRM_THEN_MODERATE ->
                !body.flag("pre_verified", false)
                        || !body.flag("pre_confirmed", false)
                        || !body.flag("pre_approved", false);
        };
        if (asks || body.flag("invitation", false)) {
            throw new Refusal(
                    501, "Nobody can be asked by mail yet: give pre_verified, pre_confirmed and pre_approved");
        }
    }
}
