package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Locale;
import org.posthorn.platform.Build;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.settings.Settings;

/** {@code /api/version}: which Posthorn answers here. {@code /3.1/system/versions} has Mailman's. */
@Path("version")
@ApplicationScoped
public class VersionResource {

    private final Settings settings;
    private final Dialect dialect;

    protected VersionResource() {
        this(null, null);
    }

    @Inject
    public VersionResource(Settings settings, Dialect dialect) {
        this.settings = settings;
        this.dialect = dialect;
    }

    @GET
    public JsonObject version() {
        return Json.createObjectBuilder()
                .add("version", Build.version())
                .add("java", Runtime.version().toString())
                .add("database", dialect.name().toLowerCase(Locale.ROOT))
                .add("node", settings.node().name())
                .build();
    }
}
