package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Links;

/** {@code /3.1/system}: what answers here. */
@Path("system")
@ApplicationScoped
public class SystemResource {

    private final Links links;

    protected SystemResource() {
        this(null);
    }

    @Inject
    public SystemResource(Links links) {
        this.links = links;
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
                .add("api_version", "3.1")
                .add("self_link", links.mailman("system", "versions"))
                .build());
    }
}
