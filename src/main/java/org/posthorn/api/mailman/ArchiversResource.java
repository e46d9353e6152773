package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;

/**
 * {@code /3.1/lists/{list}/archivers}: which of the site's archivers keep the list's posts. Posthorn has no archiver yet,
 * so there is none to be switched, and whoever names one is told so.
 */
@Path("lists/{list}/archivers")
@ApplicationScoped
public class ArchiversResource {

    private final ListRepository lists;
    private final IfMatch ifMatch;

    protected ArchiversResource() {
        this(null, null);
    }

    @Inject
    public ArchiversResource(ListRepository lists, IfMatch ifMatch) {
        this.lists = lists;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject archivers(@PathParam("list") String name) {
        requireKnown(name);
        return Etag.stamped(JsonValue.EMPTY_JSON_OBJECT);
    }

    @PUT
    @Transactional
    public Response replace(@PathParam("list") String name, Fields body) {
        requireKnown(name);
        body.check(Set.of(), Set.of());
        ifMatch.require(() -> archivers(name));
        return Created.nothing();
    }

    @PATCH
    @Transactional
    public Response change(@PathParam("list") String name, Fields body) {
        return replace(name, body);
    }

    private void requireKnown(String name) {
        lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }
}
