package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Action;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.HeaderMatch;
import org.posthorn.list.HeaderMatches;
import org.posthorn.list.HeaderMatches.Content;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;

/** {@code /3.1/lists/{list}/header-matches}: what the list does with posts by what a header field of theirs holds. */
@Path("lists/{list}/header-matches")
@ApplicationScoped
public class HeaderMatchesResource {

    private final ListRepository lists;
    private final HeaderMatches matches;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected HeaderMatchesResource() {
        this(null, null, null, null, null);
    }

    @Inject
    public HeaderMatchesResource(
            ListRepository lists, HeaderMatches matches, Links links, Reading reading, IfMatch ifMatch) {
        this.lists = lists;
        this.matches = matches;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@PathParam("list") String name, @Context UriInfo uri) {
        return listing(name, Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing listing(String name, Page page) {
        return Listing.of(among(name, match -> true), page, entry -> entry);
    }

    @POST
    @Transactional
    public Response add(@PathParam("list") String name, Fields body) {
        body.check(Set.of("header", "pattern"), Set.of("action", "tag"));
        ifMatch.requireWhole(() -> listing(name, Page.ALL));
        MailingList list = known(name);
        try {
            matches.add(list.getId(), new Content(body.text("header"), body.text("pattern"), action(body), tag(body)));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("This header match already exists");
        }
        int position = matches.of(list.getId()).size() - 1;
        return Created.at(links.mailman("lists", list.getListId(), "header-matches", position));
    }

    @DELETE
    @Transactional
    public Response clear(@PathParam("list") String name) {
        ifMatch.requireWhole(() -> listing(name, Page.ALL));
        matches.clear(known(name).getId());
        return Created.nothing();
    }

    @GET
    @Path("find")
    public Listing find(@PathParam("list") String name, @Context UriInfo uri) {
        return found(name, Query.of(uri));
    }

    @POST
    @Path("find")
    public Listing find(@PathParam("list") String name, Fields body) {
        return found(name, body);
    }

    private Listing found(String name, Fields query) {
        query.check(Set.of(), Set.of("header", "tag", "action", "count", "page"));
        String header = query.optional("header")
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .orElse(null);
        String tag = query.optional("tag").orElse(null);
        Action action = action(query);
        List<JsonObject> found = among(
                name,
                match -> (header == null || match.getHeader().equals(header))
                        && (tag == null || tag.equals(match.getTag()))
                        && (action == null || match.getAction() == action));
        if (found.isEmpty()) {
            throw Refusal.notFound();
        }
        return Listing.of(found, Page.of(query), entry -> entry);
    }

    @GET
    @Path("{position: [0-9]+}")
    @Transactional
    public JsonObject one(@PathParam("list") String name, @PathParam("position") String position) {
        MailingList list = known(name);
        int at = number(position);
        return shown(list, at, at(list, at));
    }

    @PATCH
    @Path("{position: [0-9]+}")
    @Transactional
    public Response change(@PathParam("list") String name, @PathParam("position") String position, Fields body) {
        body.check(Set.of(), Set.of("header", "pattern", "action", "tag", "position"));
        return changed(name, position, body, true);
    }

    /** All but position; action and tag that are not given are none. */
    @PUT
    @Path("{position: [0-9]+}")
    @Transactional
    public Response replace(@PathParam("list") String name, @PathParam("position") String position, Fields body) {
        body.check(Set.of("header", "pattern"), Set.of("action", "tag", "position"));
        return changed(name, position, body, false);
    }

    private Response changed(String name, String position, Fields body, boolean keeps) {
        MailingList list = known(name);
        int from = number(position);
        HeaderMatch present = at(list, from);
        ifMatch.require(() -> shown(list, from, present));
        Content content = new Content(
                body.optional("header").orElse(present.getHeader()),
                body.optional("pattern").orElse(present.getPattern()),
                body.has("action") || !keeps ? action(body) : present.getAction(),
                body.has("tag") || !keeps ? tag(body) : present.getTag());
        try {
            matches.change(list.getId(), from, content, body.number("position", from, 0, HeaderMatches.MOST));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("This header match already exists");
        }
        return Created.nothing();
    }

    @DELETE
    @Path("{position: [0-9]+}")
    @Transactional
    public Response delete(@PathParam("list") String name, @PathParam("position") String position) {
        MailingList list = known(name);
        int at = number(position);
        ifMatch.require(() -> shown(list, at, at(list, at)));
        matches.delete(list.getId(), at);
        return Created.nothing();
    }

    private List<JsonObject> among(String name, Predicate<HeaderMatch> wanted) {
        return reading.within(() -> {
            MailingList list = known(name);
            List<HeaderMatch> all = matches.of(list.getId());
            List<JsonObject> found = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (wanted.test(all.get(i))) {
                    found.add(shown(list, i, all.get(i)));
                }
            }
            return found;
        });
    }

    private JsonObject shown(MailingList list, int position, HeaderMatch match) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("header", match.getHeader())
                .add("pattern", match.getPattern())
                .add("position", position);
        if (match.getAction() != null) {
            json.add("action", match.getAction().name().toLowerCase(Locale.ROOT));
        }
        if (match.getTag() != null) {
            json.add("tag", match.getTag());
        }
        return Etag.stamped(json.add("self_link", links.mailman("lists", list.getListId(), "header-matches", position))
                .build());
    }

    /** Nothing stands for none: what the site does. */
    private static Action action(Fields body) {
        return body.optional("action").filter(text -> !text.isEmpty()).isEmpty()
                ? null
                : body.constant("action", Action.class).orElseThrow();
    }

    private static String tag(Fields body) {
        return body.optional("tag").filter(text -> !text.isEmpty()).orElse(null);
    }

    private HeaderMatch at(MailingList list, int position) {
        return matches.at(list.getId(), position).orElseThrow(Refusal::notFound);
    }

    private static int number(String position) {
        if (position.length() > 6) {
            throw Refusal.notFound();
        }
        return Integer.parseInt(position);
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }
}
