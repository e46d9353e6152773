package org.posthorn.cli;

import jakarta.json.Json;
import java.nio.file.Path;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What the site holds about a person. */
@Command(
        name = "person",
        description = "Hand out or erase what the site holds about a person.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn person export ann@example.org ann.zip", "  posthorn person erase ann@example.org"})
final class PersonCommands {

    @ParentCommand
    private Posthorn posthorn;

    @Command(
            name = "export",
            description = "Save what the site holds about a person as a ZIP file.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn person export ann@example.org ann.zip")
    int export(
            @Parameters(paramLabel = "EMAIL", description = "One of their addresses.") String email,
            @Parameters(paramLabel = "FILE", description = "Where to. An old file stays until the new one is whole.")
                    Path file,
            @Option(names = "--without-held", description = "Leave out their posts that wait for a moderator.")
                    boolean withoutHeld) {
        Target target = Target.of("api", "people", email, "export").with("held", withoutHeld ? "omit" : "include");
        Download.save(posthorn.server(), target, file);
        posthorn.output()
                .done(
                        "saved " + file,
                        Json.createObjectBuilder()
                                .add("email", email)
                                .add("file", file.toString())
                                .build());
        return Exit.OK;
    }

    @Command(
            name = "erase",
            description =
                    "Erase a person: memberships, addresses, requests and held posts; the trace keeps a pseudonym. Cannot be undone.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  posthorn person erase ann@example.org",
                "  posthorn person erase ann@example.org --keep-held --rules --yes"
            })
    int erase(
            @Parameters(paramLabel = "EMAIL", description = "One of their addresses.") String email,
            @Option(names = "--keep-held", description = "Leave their posts that wait for a moderator.")
                    boolean keepHeld,
            @Option(names = "--rules", description = "Take them out of bans and lists' settings, too.") boolean rules,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        Server server = posthorn.server();
        posthorn.confirm(sure, "Erase all that the site holds about " + email);
        Target target = Target.of("api", "people", email)
                .with("held", keepHeld ? "keep" : "discard")
                .with("rules", rules ? "erase" : "keep");
        posthorn.output().object(server.deleted(target));
        return Exit.OK;
    }
}
