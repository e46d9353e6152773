package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.posthorn.platform.EffectiveSettings;

/** {@code /api/settings}: the settings of the node that answers, each with where it comes from. Secrets are not shown. */
@Path("settings")
@ApplicationScoped
public class SettingsResource {

    private final EffectiveSettings settings;

    protected SettingsResource() {
        this(null);
    }

    @Inject
    public SettingsResource(EffectiveSettings settings) {
        this.settings = settings;
    }

    @GET
    public JsonArray all() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        settings.all()
                .forEach(setting -> shown.add(Json.createObjectBuilder()
                        .add("name", setting.name())
                        .add("value", setting.value())
                        .add("source", setting.source())));
        return shown.build();
    }
}
