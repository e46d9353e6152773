package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.list.Action;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.MemberSearch;
import org.posthorn.list.Role;

/** {@code /3.1/members/find}: memberships by what is known of them; a query or a body says what. */
@Path("members/find")
@ApplicationScoped
public class MembersFindResource {

    private static final Set<String> FOUND_BY = Set.of(
            "list_id",
            "subscriber",
            "role",
            "moderation_action",
            "delivery_mode",
            "delivery_status",
            "page",
            "count",
            "fields");

    private final ListRepository lists;
    private final MemberRepository members;
    private final ShownPeople shown;
    private final Links links;
    private final Reading reading;

    protected MembersFindResource() {
        this(null, null, null, null, null);
    }

    @Inject
    public MembersFindResource(
            ListRepository lists, MemberRepository members, ShownPeople shown, Links links, Reading reading) {
        this.lists = lists;
        this.members = members;
        this.shown = shown;
        this.links = links;
        this.reading = reading;
    }

    @GET
    public Listing find(@Context UriInfo uri) {
        return found(Query.of(uri).check(Set.of(), FOUND_BY));
    }

    @POST
    public Listing find(Fields body) {
        return found(body.check(Set.of(), FOUND_BY));
    }

    /** A list that was renamed is found by what it was called before, and any by its posting address. */
    private String listId(String name) {
        return reading.within(
                () -> lists.byAnyName(name).map(MailingList::getListId).orElse(name));
    }

    private Listing found(Fields query) {
        Optional<String> subscriber = query.optional("subscriber");
        Optional<Long> person = subscriber.flatMap(links.version()::parse);
        MemberSearch search = new MemberSearch(
                query.optional("list_id").map(this::listId).orElse(null),
                person.isPresent() ? null : subscriber.orElse(null),
                person.orElse(null),
                query.constant("role", Role.class).orElse(null),
                query.constant("moderation_action", Action.class).orElse(null),
                query.constant("delivery_mode", DeliveryMode.class).orElse(null),
                query.constant("delivery_status", DeliveryStatus.class).orElse(null));
        Function<Member, JsonObject> entry = ShownPeople.only(query.all("fields"), shown::member);
        return new Listing(
                Page.of(query),
                paging -> reading.within(() -> members.find(search, paging).map(entry)));
    }
}
