package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Refusal;
import org.posthorn.queue.lease.Slices;

/** {@code /api/nodes}: the nodes that live. */
@Path("nodes")
@ApplicationScoped
public class NodesResource {

    private final Slices slices;

    protected NodesResource() {
        this(null);
    }

    @Inject
    public NodesResource(Slices slices) {
        this.slices = slices;
    }

    @GET
    public JsonArray nodes() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        slices.nodes()
                .forEach(node -> shown.add(Json.createObjectBuilder()
                        .add("name", node.name())
                        .add("weight", node.weight())
                        .add("draining", node.draining())
                        .add("started_at", node.startedAt().toString())
                        .add("slices", node.slices())));
        return shown.build();
    }

    /** A draining node gives up its slices. */
    @PATCH
    @Path("{node}")
    public Response change(@PathParam("node") String name, Fields body) {
        body.check(Set.of("draining"), Set.of());
        if (slices.nodes().stream().noneMatch(node -> node.name().equals(name))) {
            throw new Refusal(404, "There is no such node");
        }
        slices.drain(name, body.flag("draining", false));
        return Response.noContent().build();
    }
}
