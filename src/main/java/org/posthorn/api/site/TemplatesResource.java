package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.posthorn.template.TemplateUri;
import org.posthorn.template.TemplateUris;

/** {@code /api/templates}: which texts come from elsewhere, and what became of fetching each. */
@Path("templates")
@ApplicationScoped
public class TemplatesResource {

    private final TemplateUris templates;

    protected TemplatesResource() {
        this(null);
    }

    @Inject
    public TemplatesResource(TemplateUris templates) {
        this.templates = templates;
    }

    @GET
    public JsonArray all() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        templates.all().forEach(template -> shown.add(shown(template)));
        return shown.build();
    }

    private static JsonObject shown(TemplateUri template) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("context", template.contextName())
                .add("name", template.name().label())
                .add("uri", template.uri())
                .add("state", template.state().name().toLowerCase(java.util.Locale.ROOT));
        if (template.fetchedAt() != null) {
            json.add("fetched_at", template.fetchedAt().toString())
                    .add("characters", template.content().length());
        }
        if (template.triedAt() != null) {
            json.add("tried_at", template.triedAt().toString());
        }
        if (template.problem() != null) {
            json.add("problem", template.problem());
        }
        return json.build();
    }
}
