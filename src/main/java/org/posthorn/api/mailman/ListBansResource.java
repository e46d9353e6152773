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

/** {@code /3.1/lists/{list}/bans}: who may neither post to nor join this list. */
@Path("lists/{list}/bans")
@ApplicationScoped
public class ListBansResource {

    private final BanRequests bans;

    protected ListBansResource() {
        this(null);
    }

    @Inject
    public ListBansResource(BanRequests bans) {
        this.bans = bans;
    }

    @GET
    public Listing all(@PathParam("list") String list, @Context UriInfo uri) {
        return bans.all(list, uri);
    }

    @POST
    public Response add(@PathParam("list") String list, Fields body) {
        return bans.add(list, body);
    }

    @GET
    @Path("{email: .+}")
    public JsonObject one(@PathParam("list") String list, @PathParam("email") String email) {
        return bans.one(list, email);
    }

    @DELETE
    @Path("{email: .+}")
    public Response lift(@PathParam("list") String list, @PathParam("email") String email) {
        return bans.lift(list, email);
    }
}
