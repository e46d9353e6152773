package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.DomainRepository;
import org.posthorn.template.TemplateContext;

/** {@code /api/templates/{site or mail host}}: the texts that were written for the site or a domain. */
@Path("templates/{context}")
@ApplicationScoped
public class WideTextsResource {

    private final TextRequests requests;
    private final DomainRepository domains;

    protected WideTextsResource() {
        this(null, null);
    }

    @Inject
    public WideTextsResource(TextRequests requests, DomainRepository domains) {
        this.requests = requests;
        this.domains = domains;
    }

    @GET
    public JsonArray all(@PathParam("context") String context) {
        return requests.all(at(context));
    }

    @GET
    @Path("{name}/{language}")
    public Response one(
            @PathParam("context") String context,
            @PathParam("name") String name,
            @PathParam("language") String language) {
        return requests.one(at(context), name, language);
    }

    @PUT
    @Path("{name}/{language}")
    public Response put(
            @PathParam("context") String context,
            @PathParam("name") String name,
            @PathParam("language") String language,
            Fields body) {
        return requests.put(at(context), name, language, body);
    }

    @DELETE
    @Path("{name}/{language}")
    public Response delete(
            @PathParam("context") String context,
            @PathParam("name") String name,
            @PathParam("language") String language) {
        return requests.delete(at(context), name, language);
    }

    /** Sends and stores nothing. */
    @POST
    @Path("{name}/{language}/preview")
    public JsonObject preview(
            @PathParam("context") String context,
            @PathParam("name") String name,
            @PathParam("language") String language,
            Fields body) {
        return requests.preview(at(context), name, language, body);
    }

    private Supplier<TemplateContext> at(String context) {
        return () -> context.equals("site")
                ? TemplateContext.SITE
                : TemplateContext.of(domains.byMailHost(context).orElseThrow(Refusal::notFound));
    }
}
