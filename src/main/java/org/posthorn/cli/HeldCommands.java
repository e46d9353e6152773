package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.posthorn.cli.rest.Collection;
import org.posthorn.cli.rest.RefusedException;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Output;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Posts that wait for a moderator. */
@Command(
        name = "held",
        description = "Posts that wait for a moderator: look, accept, reject, discard.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn held ls",
            "  posthorn held accept test.lists.example.org 17",
            "  posthorn held reject test.lists.example.org 17 --reason 'Not about our topic'"
        })
final class HeldCommands {

    private static final int PAGE = 50;

    @ParentCommand
    private Posthorn posthorn;

    @Command(
            name = "ls",
            description = "Show what is held, of one list or of all.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn held ls", "  posthorn held ls test.lists.example.org --json"})
    int ls(
            @Parameters(
                            paramLabel = "LIST",
                            arity = "0..1",
                            description = "List-Id or posting address; all lists without it.")
                    String list) {
        Server server = posthorn.server();
        Rows rows = posthorn.output().rows("list_id", "request_id", "hold_date", "sender", "subject", "reason");
        if (list != null) {
            rows(server, ListCommands.known(server, list).getString("list_id"), rows);
        } else {
            for (JsonObject one : new Collection(server, Target.of("3.1", "lists"), 200)) {
                rows(server, one.getString("list_id"), rows);
            }
        }
        rows.end();
        return Exit.OK;
    }

    private static void rows(Server server, String listId, Rows rows) {
        for (JsonObject held : new Collection(server, Target.of("3.1", "lists", listId, "held"), PAGE)) {
            JsonObjectBuilder row = Json.createObjectBuilder().add("list_id", listId);
            held.forEach((name, value) -> {
                if (!name.equals("msg")) { // show has it
                    row.add(name, value);
                }
            });
            rows.row(row.build());
        }
    }

    @Command(
            name = "show",
            description = "Show one held post with its text.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn held show test.lists.example.org 17")
    int show(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "ID", description = "The number that ls shows.") long id) {
        JsonObject held = posthorn.server()
                .find(Target.of("3.1", "lists", list, "held", Long.toString(id)))
                .orElseThrow(() -> gone(list, id));
        Output output = posthorn.output();
        if (output.isJson()) {
            output.object(held);
            return Exit.OK;
        }
        JsonObjectBuilder fields = Json.createObjectBuilder();
        held.forEach((name, value) -> {
            if (!name.equals("msg")) {
                fields.add(name, value);
            }
        });
        output.object(fields.build());
        output.line("");
        held.getString("msg", "").lines().forEach(output::line);
        return Exit.OK;
    }

    @Command(
            name = "accept",
            description = "Let posts go out.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn held accept test.lists.example.org 17 18")
    int accept(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "ID", arity = "1..*", index = "1..*", description = "The numbers that ls shows.")
                    List<Long> ids) {
        return decide(list, ids, "accept", null, true);
    }

    @Command(
            name = "reject",
            description = "Refuse posts; their authors are told.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn held reject test.lists.example.org 17 --reason 'Not about our topic'")
    int reject(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "ID", arity = "1..*", index = "1..*", description = "The numbers that ls shows.")
                    List<Long> ids,
            @Option(names = "--reason", paramLabel = "TEXT", description = "What the authors are told.") String reason,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        return decide(list, ids, "reject", reason, sure);
    }

    @Command(
            name = "discard",
            description = "Drop posts; nobody is told.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn held discard test.lists.example.org 17 --yes")
    int discard(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "ID", arity = "1..*", index = "1..*", description = "The numbers that ls shows.")
                    List<Long> ids,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        return decide(list, ids, "discard", null, sure);
    }

    private int decide(String list, List<Long> ids, String action, String reason, boolean sure) {
        Server server = posthorn.server();
        String listId = ListCommands.known(server, list).getString("list_id");
        posthorn.confirm(
                sure,
                (action.equals("reject") ? "Reject " : "Discard ")
                        + (ids.size() == 1 ? "one held post" : ids.size() + " held posts") + " of " + listId
                        + " for good");
        JsonObjectBuilder builder = Json.createObjectBuilder().add("action", action);
        if (reason != null) {
            builder.add("comment", reason);
        }
        JsonObject body = builder.build();
        return new Each(posthorn.output(), "request_id").run(ids.stream().map(String::valueOf), action + "ed", id -> {
            try {
                server.post(Target.of("3.1", "lists", listId, "held", id), body);
            } catch (RefusedException e) {
                throw e.isNotFound() ? gone(listId, Long.parseLong(id)) : e;
            }
        });
    }

    private static CommandException gone(String list, long id) {
        return new CommandException(Exit.FAILED, "nothing of " + list + " is held under " + id + " (any more)");
    }
}
