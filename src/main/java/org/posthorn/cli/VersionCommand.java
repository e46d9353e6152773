package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.concurrent.Callable;
import org.posthorn.cli.rest.Target;
import org.posthorn.platform.Build;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Which version this is. */
@Command(
        name = "version",
        description = "Show the version of these commands, and with --server the server's.",
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn version", "  posthorn version --server --json"})
final class VersionCommand implements Callable<Integer> {

    @ParentCommand
    private Posthorn posthorn;

    @Option(names = "--server", description = "Ask the server, too.")
    private boolean server;

    @Override
    public Integer call() {
        JsonObjectBuilder shown = Json.createObjectBuilder().add("version", Build.version());
        if (server) {
            posthorn.server()
                    .object(Target.of("api", "version"))
                    .forEach((name, value) -> shown.add("server_" + name, value));
        }
        if (server || posthorn.output().isJson()) {
            posthorn.output().object(shown.build());
        } else {
            posthorn.output().line("Posthorn " + Build.version());
        }
        return Exit.OK;
    }
}
