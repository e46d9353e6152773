package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Listing;

/** {@code /3.1/bans}: who may neither post to nor join any list. */
@Path("bans")
@ApplicationScoped
public class BansResource {

    private final BanRequests bans;

    protected BansResource() {
        this(null);
    }

    @Inject
    public BansResource(BanRequests bans) {
        this.bans = bans;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        return bans.all(null, uri);
    }

    @POST
    public Response add(Fields body) {
        return bans.add(null, body);
    }

    @GET
    @Path("{email: .+}")
    public JsonObject one(@PathParam("email") String email) {
        return bans.one(null, email);
    }

    @DELETE
    @Path("{email: .+}")
    public Response lift(@PathParam("email") String email) {
        return bans.lift(null, email);
    }
}
