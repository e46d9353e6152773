package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.posthorn.cli.rest.Collection;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Mailing lists. */
@Command(
        name = "list",
        description = "Mailing lists: which there are, make one, delete one.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn list ls",
            "  posthorn list create test@lists.example.org --make-domain --owner ann@example.org"
        })
final class ListCommands {

    private static final int PAGE = 200;

    @ParentCommand
    private Posthorn posthorn;

    @Command(
            name = "ls",
            description = "Show the lists.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn list ls", "  posthorn list ls --domain lists.example.org --json"})
    int ls(
            @Option(names = "--domain", paramLabel = "DOMAIN", description = "Of this domain only.") String domain,
            @Option(names = "--advertised", description = "Only those that are shown to everybody.")
                    boolean advertised) {
        Target all = domain == null ? Target.of("3.1", "lists") : Target.of("3.1", "domains", domain, "lists");
        if (advertised) {
            all = all.with("advertised", true);
        }
        Rows rows = posthorn.output().rows("list_id", "fqdn_listname", "member_count", "volume", "description");
        new Collection(posthorn.server(), all, PAGE).forEach(rows::row);
        rows.end();
        return Exit.OK;
    }

    @Command(
            name = "show",
            description = "Show one list.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn list show test.lists.example.org")
    int show(@Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list) {
        Server server = posthorn.server();
        JsonObjectBuilder shown = Json.createObjectBuilder(known(server, list));
        server.find(Target.of("3.1", "lists", list, "held", "count"))
                .ifPresent(held -> shown.add("held_count", held.getInt("count", 0)));
        for (String role : List.of("owner", "moderator")) {
            shown.add(role + "s", emails(server, list, role));
        }
        posthorn.output().object(shown.build());
        return Exit.OK;
    }

    private static jakarta.json.JsonArrayBuilder emails(Server server, String list, String role) {
        var emails = Json.createArrayBuilder();
        new Collection(server, Target.of("3.1", "lists", list, "roster", role), PAGE)
                .forEach(member -> emails.add(member.getString("email", "")));
        return emails;
    }

    @Command(
            name = "create",
            description = "Make a list.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn list create test@lists.example.org",
                "  posthorn list create news@lists.example.org --style legacy-announce --make-domain --owner ann@example.org"
            })
    int create(
            @Parameters(paramLabel = "ADDRESS", description = "The posting address.") String address,
            @Option(
                            names = "--style",
                            paramLabel = "STYLE",
                            description = "How it is set at first, e.g. legacy-announce.")
                    String style,
            @Option(names = "--make-domain", description = "Make the domain, too, if it is not there.")
                    boolean makeDomain,
            @Option(names = "--owner", paramLabel = "EMAIL", description = "An owner; may be given several times.")
                    List<String> owners) {
        Server server = posthorn.server();
        String domain = address.substring(address.lastIndexOf('@') + 1);
        if (makeDomain && server.find(Target.of("3.1", "domains", domain)).isEmpty()) {
            server.post(
                    Target.of("3.1", "domains"),
                    Json.createObjectBuilder().add("mail_host", domain).build());
        }
        JsonObjectBuilder body = Json.createObjectBuilder().add("fqdn_listname", address);
        if (style != null) {
            body.add("style_name", style);
        }
        server.post(Target.of("3.1", "lists"), body.build());
        JsonObject made = known(server, address);
        for (String owner : owners == null ? List.<String>of() : owners) {
            new Subscribing(server, made.getString("list_id")).add(owner, "owner", null, null, null);
        }
        posthorn.output().done("made " + made.getString("list_id"), made(made));
        return Exit.OK;
    }

    private static JsonObject made(JsonObject list) {
        return Json.createObjectBuilder()
                .add("list_id", list.get("list_id"))
                .add("fqdn_listname", list.get("fqdn_listname"))
                .build();
    }

    @Command(
            name = "rename",
            description = "Give a list another address. The old one keeps working.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn list rename test.lists.example.org talk@lists.example.org",
                "  posthorn list rename test.lists.example.org talk@lists.example.org --new-list-id"
            })
    int rename(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Parameters(paramLabel = "ADDRESS", description = "The new posting address.") String address,
            @Option(
                            names = "--new-list-id",
                            description = "Also change the List-Id field, which members' filters may go by.")
                    boolean newListId) {
        Server server = posthorn.server();
        String listId = known(server, list).getString("list_id");
        JsonObject body = Json.createObjectBuilder()
                .add("fqdn_listname", address)
                .add("keep_list_id", !newListId)
                .build();
        server.post(Target.of("api", "lists", listId, "rename"), body);
        JsonObject renamed = known(server, address);
        posthorn.output().done("renamed " + listId + " to " + renamed.getString("list_id"), made(renamed));
        return Exit.OK;
    }

    @Command(
            name = "delete",
            description = "Delete a list with its members, settings and held posts. Archives stay.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn list delete test.lists.example.org --yes")
    int delete(
            @Parameters(paramLabel = "LIST", description = "List-Id or posting address.") String list,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        Server server = posthorn.server();
        JsonObject known = known(server, list);
        posthorn.confirm(
                sure, "Delete " + known.getString("list_id") + " with " + known.get("member_count") + " members");
        server.delete(Target.of("3.1", "lists", known.getString("list_id")));
        posthorn.output().done("deleted " + known.getString("list_id"), made(known));
        return Exit.OK;
    }

    /** @throws CommandException when there is no such list: the server's answer does not name it */
    static JsonObject known(Server server, String list) {
        return server.find(Target.of("3.1", "lists", list))
                .orElseThrow(() -> new CommandException(Exit.FAILED, "there is no list " + list));
    }
}
