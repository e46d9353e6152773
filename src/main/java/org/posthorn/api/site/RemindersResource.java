package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.moderation.RemindModerators;

/** {@code POST /api/reminders}: tells moderators now what waits for them, where they were not told today. */
@Path("reminders")
@ApplicationScoped
public class RemindersResource {

    private final RemindModerators reminding;

    protected RemindersResource() {
        this(null);
    }

    @Inject
    public RemindersResource(RemindModerators reminding) {
        this.reminding = reminding;
    }

    @POST
    public JsonObject send(Fields body) {
        body.check(Set.of(), Set.of());
        return Json.createObjectBuilder().add("lists", reminding.sendNow()).build();
    }
}
