package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;
import org.posthorn.list.Member;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.MemberSearch;
import org.posthorn.list.Role;
import org.posthorn.list.Subscriptions;

/**
 * {@code /3.1/lists/{list}}, {@code …/roster/{role}} and {@code …/{role}/{email}}: a list and who is on it. A list is named
 * by its list-id or its posting address.
 */
@Path("lists/{list}")
@ApplicationScoped
public class ListResource {

    private static final String ROLES = "member|owner|moderator|nonmember";

    private final ListRepository lists;
    private final Lists operations;
    private final MemberRepository members;
    private final Subscriptions subscriptions;
    private final Shown shown;
    private final Reading reading;

    protected ListResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ListResource(
            ListRepository lists,
            Lists operations,
            MemberRepository members,
            Subscriptions subscriptions,
            Shown shown,
            Reading reading) {
        this.lists = lists;
        this.operations = operations;
        this.members = members;
        this.subscriptions = subscriptions;
        this.shown = shown;
        this.reading = reading;
    }

    @GET
    @Transactional
    public JsonObject list(@PathParam("list") String name) {
        return shown.list(known(name));
    }

    @DELETE
    @Transactional
    public Response delete(@PathParam("list") String name, @HeaderParam("If-Match") String ifMatch) {
        MailingList list = known(name);
        IfMatch.require(ifMatch, shown.list(list));
        operations.delete(list.getId());
        return Created.nothing();
    }

    @GET
    @Path("roster/{role: " + ROLES + "}")
    public Listing roster(@PathParam("list") String name, @PathParam("role") String role, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("count", "page", "fields"));
        MemberSearch search =
                reading.within(() -> MemberSearch.roster(known(name).getListId(), role(role)));
        Function<Member, JsonObject> entry = only(query.all("fields"), shown::member);
        return new Listing(
                Page.of(query),
                paging -> reading.within(() -> members.find(search, paging).map(entry)));
    }

    @GET
    @Path("{role: " + ROLES + "}/{email}")
    @Transactional
    public JsonObject one(
            @PathParam("list") String name, @PathParam("role") String role, @PathParam("email") String email) {
        return shown.member(known(name, role, email));
    }

    @DELETE
    @Path("{role: " + ROLES + "}/{email}")
    @Transactional
    public Response delete(
            @PathParam("list") String name,
            @PathParam("role") String role,
            @PathParam("email") String email,
            Fields body) {
        body.check(Set.of(), Set.of("pre_confirmed", "pre_approved"));
        subscriptions.unsubscribe(known(name, role, email).getId());
        return Created.nothing();
    }

    /** @param fields the names of what to show; none: everything */
    static <T> Function<T, JsonObject> only(List<String> fields, Function<T, JsonObject> shown) {
        if (fields.isEmpty()) {
            return shown;
        }
        Set<String> wanted = Set.copyOf(fields);
        return shown.andThen(whole -> {
            JsonObjectBuilder part = Json.createObjectBuilder();
            whole.forEach((name, value) -> {
                if (wanted.contains(name) || name.equals("http_etag")) {
                    part.add(name, value);
                }
            });
            return part.build();
        });
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }

    private Member known(String name, String role, String email) {
        return members.of(known(name), role(role), email).orElseThrow(Refusal::notFound);
    }

    private static Role role(String role) {
        return Role.valueOf(role.toUpperCase(Locale.ROOT));
    }
}
