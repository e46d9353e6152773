package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Refusal;
import org.posthorn.delivery.InvalidSmarthostException;
import org.posthorn.delivery.Selection;
import org.posthorn.delivery.SmarthostSelection;

/** {@code /api/smarthost-selection}: which of several smarthosts for the same domains a recipient's mail goes by. */
@Path("smarthost-selection")
@ApplicationScoped
public class SmarthostSelectionResource {

    private final SmarthostSelection selection;

    protected SmarthostSelectionResource() {
        this(null);
    }

    @Inject
    public SmarthostSelectionResource(SmarthostSelection selection) {
        this.selection = selection;
    }

    @GET
    public JsonObject present() {
        return shown(selection.present());
    }

    @PATCH
    public JsonObject change(Fields body) {
        try {
            return shown(selection.change(body.check(Set.of("select"), Set.of()).text("select")));
        } catch (InvalidSmarthostException e) {
            throw Refusal.badRequest(e.getMessage());
        }
    }

    private static JsonObject shown(Selection selection) {
        return Json.createObjectBuilder().add("select", selection.word()).build();
    }
}
