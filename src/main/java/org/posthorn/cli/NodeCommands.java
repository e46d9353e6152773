package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The nodes that share the work. */
@Command(
        name = "node",
        description = "The nodes that are alive and share the work.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn node ls", "  posthorn node drain n1"})
final class NodeCommands {

    @ParentCommand
    private Posthorn posthorn;

    @Command(
            name = "ls",
            description = "Show the nodes, their weights and how many slices each has.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn node ls")
    int ls() {
        Rows rows = posthorn.output().rows("name", "weight", "draining", "slices", "started_at");
        posthorn.server().get(Target.of("api", "nodes")).asJsonArray().forEach(node -> rows.row(node.asJsonObject()));
        rows.end();
        return Exit.OK;
    }

    @Command(
            name = "drain",
            description = "Have a node give up its slices to the others, and take none.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn node drain n1")
    int drain(@Parameters(paramLabel = "NODE", description = "Its name.") String node) {
        return set(node, true);
    }

    @Command(
            name = "undrain",
            description = "Let a drained node take its share again.",
            footerHeading = "%nExample:%n",
            footer = "  posthorn node undrain n1")
    int undrain(@Parameters(paramLabel = "NODE", description = "Its name.") String node) {
        return set(node, false);
    }

    private int set(String node, boolean draining) {
        JsonObject body = Json.createObjectBuilder().add("draining", draining).build();
        posthorn.server().patch(Target.of("api", "nodes", node), body);
        posthorn.output()
                .done(
                        node + (draining ? " gives up its slices" : " takes its share"),
                        Json.createObjectBuilder(body).add("name", node).build());
        return Exit.OK;
    }
}
