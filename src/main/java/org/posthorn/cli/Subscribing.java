package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;

/** Puts addresses on a list's rosters as an administrator does: nobody is asked first. */
final class Subscribing {

    private final Server server;
    private final String listId;

    Subscribing(Server server, String listId) {
        this.server = server;
        this.listId = listId;
    }

    /** @param name may be null; @param mode may be null; @param welcome null: as the list does */
    void add(String email, String role, String name, String mode, Boolean welcome) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("list_id", listId)
                .add("subscriber", email)
                .add("role", role)
                .add("pre_verified", true)
                .add("pre_confirmed", true)
                .add("pre_approved", true);
        if (name != null) {
            body.add("display_name", name);
        }
        if (mode != null) {
            body.add("delivery_mode", mode);
        }
        if (welcome != null) {
            body.add("send_welcome_message", welcome);
        }
        server.post(Target.of("3.1", "members"), body.build());
    }
}
