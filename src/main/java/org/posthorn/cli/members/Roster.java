package org.posthorn.cli.members;

import java.io.InputStream;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;

/** A list's members as the server exports them. */
public final class Roster {

    private final Server server;
    private final String listId;

    public Roster(Server server, String listId) {
        this.server = server;
        this.listId = listId;
    }

    /** @return where a roster is exported as CSV; @param role in lower case */
    public static Target target(String listId, String role) {
        return Target.of("api", "lists", listId, "members", "export").with("role", role);
    }

    InputStream csv() {
        return server.download(target(listId, "member"));
    }
}
