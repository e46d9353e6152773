package org.posthorn.cli.members;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.posthorn.cli.CommandException;
import org.posthorn.cli.Exit;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;

/**
 * Takes members off a list, some at a time: each piece is one request and one transaction of the server's. Where a piece is
 * refused, its members are tried singly, so that one that cannot go keeps none of the others.
 */
public final class Removals {

    static final int AT_ONCE = 200;

    private final Server server;
    private final Target roster;
    private final BiConsumer<String, String> failed;
    private final List<String> piece = new ArrayList<>();
    private int removed;

    /** @param failed is told the address and why it stays */
    public Removals(Server server, String listId, BiConsumer<String, String> failed) {
        this.server = server;
        this.roster = Target.of("3.1", "lists", listId, "roster", "member");
        this.failed = failed;
    }

    /** @throws CommandException when the server is away or does not let this user in: that is the end */
    public void add(String email) {
        piece.add(email);
        if (piece.size() == AT_ONCE) {
            send();
        }
    }

    /** Takes off those who are left. @throws CommandException as {@link #add} */
    public void end() {
        send();
    }

    /** @return how many the server said are off the list */
    public int removed() {
        return removed;
    }

    private void send() {
        if (!piece.isEmpty() && !isDone(piece)) {
            piece.forEach(email -> isDone(List.of(email)));
        }
        piece.clear();
    }

    /** @return false: nothing was done, and more than one were asked for */
    private boolean isDone(List<String> emails) {
        JsonArrayBuilder named = Json.createArrayBuilder();
        emails.forEach(named::add);
        try {
            JsonObject answer = server.deleted(
                    roster, Json.createObjectBuilder().add("emails", named).build());
            emails.forEach(email -> count(email, answer));
            return true;
        } catch (CommandException e) {
            if (e.exit() != Exit.FAILED) {
                throw e;
            }
            if (emails.size() > 1) {
                return false;
            }
            failed.accept(emails.get(0), e.getMessage());
            return true;
        }
    }

    private void count(String email, JsonObject answer) {
        if (answer.getOrDefault(email, JsonValue.FALSE).equals(JsonValue.TRUE)) {
            removed++;
        } else {
            failed.accept(email, "not on the list as member");
        }
    }
}
