package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.BannedException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.list.subscription.PendingRequest;
import org.posthorn.list.subscription.PendingRequests;
import org.posthorn.list.subscription.RequestDecisions;
import org.posthorn.list.subscription.RequestType;
import org.posthorn.list.subscription.TokenOwner;

/** {@code /3.1/lists/{list}/requests}: who waits to join or leave, and what moderators say to it. */
@Path("lists/{list}/requests")
@ApplicationScoped
public class RequestsResource {

    /** What a moderator may say. */
    enum Word {
        ACCEPT,
        REJECT,
        DISCARD,
        DEFER,
        HOLD
    }

    private final People people;
    private final PendingRequests requests;
    private final RequestDecisions decisions;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected RequestsResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public RequestsResource(
            People people,
            PendingRequests requests,
            RequestDecisions decisions,
            Links links,
            Reading reading,
            IfMatch ifMatch) {
        this.people = people;
        this.requests = requests;
        this.decisions = decisions;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@PathParam("list") String name, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("token_owner", "request_type", "count", "page"));
        MailingList list = reading.within(() -> people.list(name));
        TokenOwner owner = query.constant("token_owner", TokenOwner.class).orElse(null);
        RequestType type = query.constant("request_type", RequestType.class).orElse(null);
        return new Listing(
                Page.of(query),
                paging -> reading.within(() -> requests.of(list.getId(), type, owner, paging)
                        .map(request -> shown(list.getListId(), request))));
    }

    @GET
    @Path("count")
    @Transactional
    public JsonObject count(@PathParam("list") String name, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("token_owner", "request_type"));
        long count = requests.count(
                people.list(name).getId(),
                query.constant("request_type", RequestType.class).orElse(null),
                query.constant("token_owner", TokenOwner.class).orElse(null));
        return Etag.stamped(Json.createObjectBuilder().add("count", count).build());
    }

    @GET
    @Path("{token}")
    @Transactional
    public JsonObject one(@PathParam("list") String name, @PathParam("token") String token) {
        MailingList list = people.list(name);
        return requests.find(list.getId(), token)
                .map(request -> shown(list.getListId(), request))
                .orElseThrow(Refusal::notFound);
    }

    @POST
    @Path("{token}")
    @Transactional
    public Response decide(@PathParam("list") String name, @PathParam("token") String token, Fields body) {
        MailingList in = people.list(name);
        long list = in.getId();
        body.check(Set.of("action"), Set.of("reason"));
        ifMatch.requireAny(() -> requests.find(list, token).map(request -> shown(in.getListId(), request)).stream()
                .toList());
        try {
            switch (body.constant("action", Word.class).orElseThrow()) {
                case ACCEPT -> decisions.accept(list, token);
                case REJECT ->
                    decisions.reject(list, token, body.optional("reason").orElse(""));
                case DISCARD -> decisions.discard(list, token);
                case DEFER, HOLD -> decisions.defer(list, token);
            }
        } catch (UnknownException e) {
            throw Refusal.notFound();
        } catch (DuplicateException e) {
            throw Refusal.conflict("Already subscribed");
        } catch (BannedException e) {
            throw Refusal.badRequest("Membership is banned");
        }
        return Created.nothing();
    }

    private JsonObject shown(String listId, PendingRequest request) {
        return Etag.stamped(Json.createObjectBuilder()
                .add("display_name", Objects.requireNonNullElse(request.displayName(), ""))
                .add("email", request.email())
                .add("list_id", listId)
                .add("self_link", links.mailman("lists", listId, "requests", request.token()))
                .add("token", request.token())
                .add("token_owner", request.owner().name().toLowerCase(Locale.ROOT))
                .add("type", request.type().name().toLowerCase(Locale.ROOT))
                .add("when", Shown.time(request.requestedAt()))
                .build());
    }
}
