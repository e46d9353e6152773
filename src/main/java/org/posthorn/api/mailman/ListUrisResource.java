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
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.template.TemplateContext;

/** {@code /3.1/lists/{list}/uris}: a list's templates, by where they are. */
@Path("lists/{list}/uris")
@ApplicationScoped
public class ListUrisResource {

    private final UriRequests requests;
    private final ListRepository lists;

    protected ListUrisResource() {
        this(null, null);
    }

    @Inject
    public ListUrisResource(UriRequests requests, ListRepository lists) {
        this.requests = requests;
        this.lists = lists;
    }

    @GET
    public Listing all(@PathParam("list") String list, @Context UriInfo uri) {
        return requests.all(at(list), uri);
    }

    @PATCH
    public Response change(@PathParam("list") String list, Fields body) {
        return requests.put(at(list), body, false);
    }

    @PUT
    public Response replace(@PathParam("list") String list, Fields body) {
        return requests.put(at(list), body, true);
    }

    @DELETE
    public Response deleteAll(@PathParam("list") String list) {
        return requests.deleteAll(at(list));
    }

    @GET
    @Path("{name}")
    public JsonObject one(@PathParam("list") String list, @PathParam("name") String name) {
        return requests.one(at(list), name);
    }

    @PATCH
    @Path("{name}")
    public Response changeOne(@PathParam("list") String list, @PathParam("name") String name, Fields body) {
        return requests.changeOne(at(list), name, body);
    }

    @PUT
    @Path("{name}")
    public Response replaceOne(@PathParam("list") String list, @PathParam("name") String name, Fields body) {
        return requests.putOne(at(list), name, body);
    }

    @DELETE
    @Path("{name}")
    public Response deleteOne(@PathParam("list") String list, @PathParam("name") String name) {
        return requests.deleteOne(at(list), name);
    }

    private At at(String list) {
        return new At(
                () -> TemplateContext.of(lists.byAnyName(list).orElseThrow(Refusal::notFound)), "lists", list, "uris");
    }
}
