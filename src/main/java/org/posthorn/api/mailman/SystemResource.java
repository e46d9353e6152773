package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Locale;
import java.util.Map;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Preferences;
import org.posthorn.moderation.Chains;
import org.posthorn.pipeline.Pipelines;

/** {@code /3.1/system}: what answers here, and what it is set to. Nothing here can be written. */
@Path("system")
@ApplicationScoped
public class SystemResource {

    private final Links links;
    private final SystemSections sections;

    protected SystemResource() {
        this(null, null);
    }

    @Inject
    public SystemResource(Links links, SystemSections sections) {
        this.links = links;
        this.sections = sections;
    }

    @GET
    public JsonObject system() {
        return versions();
    }

    /** Clients ask for Mailman's version to know what they may use: this is the one whose API is served. */
    @GET
    @Path("versions")
    public JsonObject versions() {
        return Etag.stamped(Json.createObjectBuilder()
                .add("mailman_version", "GNU Mailman 3.3.9 (Tom Sawyer)")
                .add(
                        "python_version",
                        "none: Posthorn on Java " + Runtime.version().feature())
                .add("api_version", links.version().number())
                .add("self_link", links.mailman("system", "versions"))
                .build());
    }

    /** What counts for a member where nobody wishes anything. */
    @GET
    @Path("preferences")
    public JsonObject preferences() {
        Preferences site = Preferences.SYSTEM;
        return Etag.stamped(Json.createObjectBuilder()
                .add("acknowledge_posts", site.getAcknowledgePosts())
                .add("delivery_mode", site.getDeliveryMode().name().toLowerCase(Locale.ROOT))
                .add("delivery_status", site.getDeliveryStatus().name().toLowerCase(Locale.ROOT))
                .add("hide_address", site.getHideAddress())
                .add("preferred_language", site.getPreferredLanguage())
                .add("receive_list_copy", site.getReceiveListCopy())
                .add("receive_own_postings", site.getReceiveOwnPostings())
                .add("self_link", links.mailman("system", "preferences"))
                .build());
    }

    @GET
    @Path("configuration")
    public JsonObject configuration() {
        return Etag.stamped(Json.createObjectBuilder()
                .add("sections", Json.createArrayBuilder(sections.all().keySet()))
                .add("self_link", links.mailman("system", "configuration"))
                .build());
    }

    @GET
    @Path("configuration/{section}")
    public JsonObject section(@PathParam("section") String name) {
        Map<String, String> section = sections.all().get(name);
        if (section == null) {
            throw Refusal.notFound();
        }
        JsonObjectBuilder json = Json.createObjectBuilder();
        section.forEach(json::add);
        return Etag.stamped(json.add("self_link", links.mailman("system", "configuration", name))
                .build());
    }

    @GET
    @Path("pipelines")
    public JsonObject pipelines() {
        return Etag.stamped(Json.createObjectBuilder()
                .add("pipelines", Json.createArrayBuilder(Pipelines.names()))
                .add("self_link", links.mailman("system", "pipelines"))
                .build());
    }

    @GET
    @Path("chains")
    public JsonObject chains() {
        return Etag.stamped(Json.createObjectBuilder()
                .add("chains", Json.createArrayBuilder(Chains.names()))
                .add("self_link", links.mailman("system", "chains"))
                .build());
    }
}
