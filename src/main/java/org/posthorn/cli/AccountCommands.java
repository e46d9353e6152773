package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Service accounts: programs that use REST. */
@Command(
        name = "account",
        description = "Service accounts: programs that may use REST, each with a token and scopes.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn account ls", "  posthorn account create backup --scope read"})
final class AccountCommands {

    @ParentCommand
    private Posthorn posthorn;

    /** What an account may do. */
    enum Scope {
        read,
        moderation,
        members,
        lists,
        site
    }

    @Command(
            name = "ls",
            description = "Show the accounts. Their secrets are never shown.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn account ls")
    int ls() {
        Rows rows = posthorn.output().rows("name", "scopes", "kind", "created_by", "expires_at", "last_used_at");
        posthorn.server()
                .get(Target.of("api", "accounts"))
                .asJsonArray()
                .forEach(account -> rows.row(account.asJsonObject()));
        rows.end();
        return Exit.OK;
    }

    @Command(
            name = "create",
            description = "Make an account. Its token is printed once, and never again.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn account create backup --scope read",
                "  posthorn account create shop --scope members --expires 2027-01-31T00:00:00Z"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "A name for it.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            required = true,
                            description = "${COMPLETION-CANDIDATES}; may be given several times.")
                    List<Scope> scopes,
            @Option(names = "--expires", paramLabel = "TIME", description = "Until when, e.g. 2027-01-31T00:00:00Z.")
                    String expires) {
        JsonArrayBuilder names = Json.createArrayBuilder();
        scopes.forEach(scope -> names.add(scope.name()));
        JsonObjectBuilder body = Json.createObjectBuilder().add("name", name).add("scopes", names);
        if (expires != null) {
            body.add("expires_at", expires);
        }
        JsonObject request = body.build();
        posthorn.output()
                .object(posthorn.server()
                        .post(Target.of("api", "accounts"), request)
                        .orElse(request)
                        .asJsonObject());
        return Exit.OK;
    }

    @Command(
            name = "revoke",
            description = "Delete an account: its token stops working at once.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn account revoke backup --yes")
    int revoke(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        Server server = posthorn.server();
        posthorn.confirm(sure, "Revoke the account " + name);
        server.delete(Target.of("api", "accounts", name));
        posthorn.output()
                .done(
                        "revoked " + name,
                        Json.createObjectBuilder().add("name", name).build());
        return Exit.OK;
    }
}
