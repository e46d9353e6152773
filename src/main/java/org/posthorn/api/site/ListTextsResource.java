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
import org.posthorn.list.ListRepository;
import org.posthorn.template.TemplateContext;

/** {@code /api/lists/{list-id}/templates}: the texts that were written for a list. */
@Path("lists/{list}/templates")
@ApplicationScoped
public class ListTextsResource {

    private final TextRequests requests;
    private final ListRepository lists;

    protected ListTextsResource() {
        this(null, null);
    }

    @Inject
    public ListTextsResource(TextRequests requests, ListRepository lists) {
        this.requests = requests;
        this.lists = lists;
    }

    @GET
    public JsonArray all(@PathParam("list") String list) {
        return requests.all(at(list));
    }

    @GET
    @Path("{name}/{language}")
    public Response one(
            @PathParam("list") String list, @PathParam("name") String name, @PathParam("language") String language) {
        return requests.one(at(list), name, language);
    }

    @PUT
    @Path("{name}/{language}")
    public Response put(
            @PathParam("list") String list,
            @PathParam("name") String name,
            @PathParam("language") String language,
            Fields body) {
        return requests.put(at(list), name, language, body);
    }

    @DELETE
    @Path("{name}/{language}")
    public Response delete(
            @PathParam("list") String list, @PathParam("name") String name, @PathParam("language") String language) {
        return requests.delete(at(list), name, language);
    }

    /** Sends and stores nothing. */
    @POST
    @Path("{name}/{language}/preview")
    public JsonObject preview(
            @PathParam("list") String list,
            @PathParam("name") String name,
            @PathParam("language") String language,
            Fields body) {
        return requests.preview(at(list), name, language, body);
    }

    private Supplier<TemplateContext> at(String list) {
        return () -> TemplateContext.of(lists.byAnyName(list).orElseThrow(Refusal::notFound));
    }
}
