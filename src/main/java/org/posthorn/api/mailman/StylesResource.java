package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.posthorn.api.wire.Etag;
import org.posthorn.list.ListStyle;

/** {@code /3.1/lists/styles}: what a new list can be set to. */
@Path("lists/styles")
@ApplicationScoped
public class StylesResource {

    @GET
    public JsonObject styles() {
        JsonArrayBuilder styles = Json.createArrayBuilder();
        for (ListStyle style : ListStyle.values()) {
            styles.add(
                    Json.createObjectBuilder().add("name", style.styleName()).add("description", style.description()));
        }
        return Etag.stamped(Json.createObjectBuilder()
                .add("default", ListStyle.named(null).styleName())
                .add("style_names", Json.createArrayBuilder(ListStyle.names()))
                .add("styles", styles)
                .build());
    }
}
