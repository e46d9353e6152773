package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.cli.rest.Collection;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What is collected for lists' digests, and sending it before its time. */
@Command(
        name = "digests",
        description = "Digests: what is collected for them; send them now; begin volumes.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn digests ls",
            "  posthorn digests send test.lists.example.org",
            "  posthorn digests bump test.lists.example.org"
        })
final class DigestCommands {

    private static final int PAGE = 200;

    @ParentCommand
    private Posthorn posthorn;

    @Command(
            name = "ls",
            description = "Show what is collected, and the number that the next digest has.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn digests ls", "  posthorn digests ls test.lists.example.org --json"})
    int ls(
            @Parameters(
                            paramLabel = "LIST",
                            arity = "0..*",
                            description = "List-Ids or posting addresses; all lists without any.")
                    List<String> lists) {
        show(posthorn.server(), lists);
        return Exit.OK;
    }

    @Command(
            name = "send",
            description = "Send what is collected, whatever its size.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn digests send test.lists.example.org",
                "  posthorn digests send --all --periodic",
                "  posthorn digests send --all --dry-run"
            })
    int send(
            @Parameters(paramLabel = "LIST", arity = "0..*", description = "List-Ids or posting addresses.")
                    List<String> lists,
            @Option(names = "--all", description = "All lists.") boolean all,
            @Option(names = "--periodic", description = "Only of lists that send digests by time.") boolean periodic,
            @Option(names = "--bump", description = "Go on to the next number or volume first.") boolean bump,
            @Option(names = "--dry-run", description = "Only show what is collected.") boolean dryRun) {
        Server server = posthorn.server();
        List<String> named = named(lists, all);
        if (dryRun) {
            show(server, named);
            return Exit.OK;
        }
        JsonObjectBuilder body = Json.createObjectBuilder().add(periodic ? "periodic" : "send", true);
        if (bump) {
            body.add("bump", true);
        }
        return act(server, named, body.build(), "sent");
    }

    @Command(
            name = "bump",
            description = "Go on to the next number, or the next volume where its time has come.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn digests bump test.lists.example.org")
    int bump(
            @Parameters(paramLabel = "LIST", arity = "0..*", description = "List-Ids or posting addresses.")
                    List<String> lists,
            @Option(names = "--all", description = "All lists.") boolean all) {
        return act(
                posthorn.server(),
                named(lists, all),
                Json.createObjectBuilder().add("bump", true).build(),
                "bumped");
    }

    /** @return none: all of the site's */
    private static List<String> named(List<String> lists, boolean all) {
        List<String> named = lists == null ? List.of() : lists;
        if (named.isEmpty() != all) {
            throw new CommandException(Exit.USAGE, all ? "either lists or --all" : "name lists, or say --all");
        }
        return named;
    }

    private int act(Server server, List<String> lists, JsonObject body, String done) {
        return new Each(posthorn.output(), "list_id")
                .run(listIds(server, lists), done, listId -> server.post(digest(listId), body));
    }

    private void show(Server server, List<String> lists) {
        Rows rows =
                posthorn.output().rows("list_id", "volume", "next_digest_number", "collected_posts", "collected_size");
        listIds(server, lists).forEach(listId -> {
            JsonObjectBuilder row = Json.createObjectBuilder().add("list_id", listId);
            server.object(digest(listId)).forEach(row::add);
            rows.row(row.build());
        });
        rows.end();
    }

    private static Target digest(String listId) {
        return Target.of("3.1", "lists", listId, "digest");
    }

    private static Stream<String> listIds(Server server, List<String> lists) {
        List<String> ids = new ArrayList<>();
        if (lists == null || lists.isEmpty()) {
            for (JsonObject one : new Collection(server, Target.of("3.1", "lists"), PAGE)) {
                ids.add(one.getString("list_id"));
            }
        } else {
            lists.forEach(list -> ids.add(ListCommands.known(server, list).getString("list_id")));
        }
        return ids.stream();
    }
}
