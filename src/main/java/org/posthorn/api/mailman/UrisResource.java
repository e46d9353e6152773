package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.posthorn.api.mailman.UriRequests.At;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Listing;
import org.posthorn.template.TemplateContext;

/** {@code /3.1/uris}: the site's templates, by where they are. */
@Path("uris")
@ApplicationScoped
public class UrisResource {

    private final UriRequests requests;

    protected UrisResource() {
        this(null);
    }

    @Inject
    public UrisResource(UriRequests requests) {
        this.requests = requests;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        return requests.all(at(), uri);
    }

    @PATCH
    public Response change(Fields body) {
        return requests.put(at(), body, false);
    }

    @PUT
    public Response replace(Fields body) {
        return requests.put(at(), body, true);
    }

    @DELETE
    public Response deleteAll() {
        return requests.deleteAll(at());
    }

    @GET
    @Path("{name}")
    public JsonObject one(@PathParam("name") String name) {
        return requests.one(at(), name);
    }

    @PATCH
    @Path("{name}")
    public Response changeOne(@PathParam("name") String name, Fields body) {
        return requests.changeOne(at(), name, body);
    }

    @PUT
    @Path("{name}")
    public Response replaceOne(@PathParam("name") String name, Fields body) {
        return requests.putOne(at(), name, body);
    }

    @DELETE
    @Path("{name}")
    public Response deleteOne(@PathParam("name") String name) {
        return requests.deleteOne(at(), name);
    }

    private static At at() {
        return new At(() -> TemplateContext.SITE, "uris");
    }
}
