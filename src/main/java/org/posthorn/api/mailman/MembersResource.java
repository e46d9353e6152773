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
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Appointments;
import org.posthorn.list.BannedException;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.MemberSearch;
import org.posthorn.list.NewSubscription;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriber;
import org.posthorn.list.SubscriberRepository;
import org.posthorn.list.SubscriptionPendingException;
import org.posthorn.list.subscription.Joining;
import org.posthorn.list.subscription.Outcome;
import org.posthorn.list.subscription.Wish;

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
    private final Joining joining;
    private final Appointments appointments;
    private final ShownPeople shown;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected MembersResource() {
        this(null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public MembersResource(
            ListRepository lists,
            MemberRepository members,
            SubscriberRepository subscribers,
            Joining joining,
            Appointments appointments,
            ShownPeople shown,
            Links links,
            Reading reading,
            IfMatch ifMatch) {
        this.lists = lists;
        this.members = members;
        this.subscribers = subscribers;
        this.joining = joining;
        this.appointments = appointments;
        this.shown = shown;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("count", "page", "fields"));
        return listing(Page.of(query), ShownPeople.only(query.all("fields"), shown::member));
    }

    private Listing listing(Page page, Function<Member, JsonObject> entry) {
        MemberSearch everybody = new MemberSearch(null, null, null, null, null, null, null);
        return new Listing(
                page,
                paging -> reading.within(() -> members.find(everybody, paging).map(entry)));
    }

    @POST
    @Transactional
    public Response subscribe(Fields body) {
        body.check(Set.of("list_id", "subscriber"), NEW);
        ifMatch.requireWhole(() -> listing(Page.ALL, shown::member));
        MailingList list = lists.byListId(body.text("list_id")).orElseThrow(() -> Refusal.badRequest("No such list"));
        Role role = body.constant("role", Role.class).orElse(Role.MEMBER);
        try {
            return role == Role.MEMBER ? joined(body, list) : appointed(body, list, role);
        } catch (DuplicateException e) {
            throw Refusal.conflict(
                    role == Role.MEMBER
                            ? "Member already subscribed"
                            : Fields.shown(body.text("subscriber")) + " is already an "
                                    + role.name().toLowerCase(Locale.ROOT) + " of " + list.getFqdnListname());
        } catch (SubscriptionPendingException e) {
            throw Refusal.conflict("Subscription request already pending");
        } catch (BannedException e) {
            throw Refusal.badRequest("Membership is banned");
        } catch (InvalidValueException e) {
            throw subscriber(body).isPresent() && e.field().equals("subscriber")
                    ? Refusal.badRequest("User without preferred address")
                    : e;
        }
    }

    private Response joined(Fields body, MailingList list) {
        Outcome outcome = joining.join(
                list.getId(),
                new Wish(
                        body.text("subscriber"),
                        subscriber(body).orElse(null),
                        displayName(body),
                        body.constant("delivery_mode", DeliveryMode.class).orElse(null),
                        body.constant("delivery_status", DeliveryStatus.class).orElse(null),
                        body.flag("pre_verified", false),
                        body.flag("pre_confirmed", false),
                        body.flag("pre_approved", false),
                        body.flag("invitation", false),
                        body.has("send_welcome_message") ? body.flag("send_welcome_message", true) : null));
        return outcome instanceof Outcome.Waits waits
                ? Created.later(waits)
                : created(((Outcome.Done) outcome).memberId());
    }

    private Response appointed(Fields body, MailingList list, Role role) {
        NewSubscription wanted = new NewSubscription(
                list.getId(),
                body.text("subscriber"),
                displayName(body),
                role,
                body.constant("delivery_mode", DeliveryMode.class).orElse(null),
                body.constant("delivery_status", DeliveryStatus.class).orElse(null),
                body.flag("pre_verified", false));
        return created(appointments
                .appoint(list.getId(), subscriber(body).orElse(null), wanted)
                .getId());
    }

    private Response created(long memberId) {
        return Created.at(links.mailman("members", shown.id(memberId)));
    }

    /** @return the user whom the field names by identifier; empty: it names an address */
    private Optional<Long> subscriber(Fields body) {
        String subscriber = body.text("subscriber");
        if (subscriber.indexOf('@') >= 0) {
            return Optional.empty();
        }
        return Optional.of(links.version()
                .parse(subscriber)
                .flatMap(subscribers::byId)
                .map(Subscriber::getId)
                .orElseThrow(() -> Refusal.badRequest("No such user")));
    }

    /** Mailman's client writes Python's {@code None} where it has no name. */
    private static String displayName(Fields body) {
        return body.optional("display_name")
                .filter(name -> !name.isEmpty() && !name.equals("None"))
                .orElse(null);
    }
}
