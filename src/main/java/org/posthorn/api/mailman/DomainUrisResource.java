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
import org.posthorn.list.DomainRepository;
import org.posthorn.template.TemplateContext;

/** {@code /3.1/domains/{domain}/uris}: a domain's templates, by where they are. */
@Path("domains/{domain}/uris")
@ApplicationScoped
public class DomainUrisResource {

    private final UriRequests requests;
    private final DomainRepository domains;

    protected DomainUrisResource() {
        this(null, null);
    }

    @Inject
    public DomainUrisResource(UriRequests requests, DomainRepository domains) {
        this.requests = requests;
        this.domains = domains;
    }

    @GET
    public Listing all(@PathParam("domain") String domain, @Context UriInfo uri) {
        return requests.all(at(domain), uri);
    }

    @PATCH
    public Response change(@PathParam("domain") String domain, Fields body) {
        return requests.put(at(domain), body, false);
    }

    @PUT
    public Response replace(@PathParam("domain") String domain, Fields body) {
        return requests.put(at(domain), body, true);
    }

    @DELETE
    public Response deleteAll(@PathParam("domain") String domain) {
        return requests.deleteAll(at(domain));
    }

    @GET
    @Path("{name}")
    public JsonObject one(@PathParam("domain") String domain, @PathParam("name") String name) {
        return requests.one(at(domain), name);
    }

    @PATCH
    @Path("{name}")
    public Response changeOne(@PathParam("domain") String domain, @PathParam("name") String name, Fields body) {
        return requests.changeOne(at(domain), name, body);
    }

    @PUT
    @Path("{name}")
    public Response replaceOne(@PathParam("domain") String domain, @PathParam("name") String name, Fields body) {
        return requests.putOne(at(domain), name, body);
    }

    @DELETE
    @Path("{name}")
    public Response deleteOne(@PathParam("domain") String domain, @PathParam("name") String name) {
        return requests.deleteOne(at(domain), name);
    }

    private At at(String domain) {
        return new At(
                () -> TemplateContext.of(domains.byMailHost(domain).orElseThrow(Refusal::notFound)),
                "domains",
                domain,
                "uris");
    }
}
