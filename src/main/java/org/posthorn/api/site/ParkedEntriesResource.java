package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Refusal;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Shunt;

/** {@code /api/queues/shunt/entries} and {@code …/bad/entries}: what nobody works on any more, and the way back. */
@Path("queues/{queue: shunt|bad}/entries")
@ApplicationScoped
public class ParkedEntriesResource {

    private static final int MOST = 200;

    private final Shunt shunt;

    protected ParkedEntriesResource() {
        this(null);
    }

    @Inject
    public ParkedEntriesResource(Shunt shunt) {
        this.shunt = shunt;
    }

    @GET
    public JsonArray entries(@PathParam("queue") String label, @Context UriInfo uri) {
        Page page = Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page")), MOST);
        JsonArrayBuilder shown = Json.createArrayBuilder();
        shunt.page(QueuesResource.named(label), page.offset(), page.count()).forEach(entry -> shown.add(shown(entry)));
        return shown.build();
    }

    @GET
    @Path("{id}")
    public JsonObject entry(@PathParam("queue") String label, @PathParam("id") String id) {
        return shown(known(label, id));
    }

    /** Puts it back into the queue that it came from. */
    @POST
    @Path("{id}/unshunt")
    public Response unshunt(
            @PathParam("queue") String label,
            @PathParam("id") String id,
            @Context SecurityContext security,
            Fields body) {
        body.check(Set.of(), Set.of());
        return done(
                shunt.putBack(known(label, id).id(), security.getUserPrincipal().getName()));
    }

    @DELETE
    @Path("{id}")
    public Response discard(
            @PathParam("queue") String label, @PathParam("id") String id, @Context SecurityContext security) {
        return done(
                shunt.discard(known(label, id).id(), security.getUserPrincipal().getName()));
    }

    private static Response done(boolean done) {
        if (!done) {
            throw new Refusal(409, "It is gone, or cannot be put back");
        }
        return Response.noContent().build();
    }

    private QueueEntry known(String label, String id) {
        QueueName queue = QueuesResource.named(label);
        Refusal unknown = new Refusal(404, "There is no such entry");
        if (!id.matches("[0-9]{1,18}")) {
            throw unknown;
        }
        return shunt.find(Long.parseLong(id))
                .filter(entry -> entry.queue() == queue)
                .orElseThrow(() -> unknown);
    }

    private static JsonObject shown(QueueEntry entry) {
        JsonObjectBuilder shown = Json.createObjectBuilder()
                .add("id", entry.id())
                .add("queue", entry.queue().label())
                .add("received", entry.received().toString())
                .add("tries", entry.tries());
        if (entry.origin() != null) {
            shown.add("origin", entry.origin().label());
        }
        if (entry.lastError() != null) {
            shown.add("error", entry.lastError());
        }
        return shown.build();
    }
}
