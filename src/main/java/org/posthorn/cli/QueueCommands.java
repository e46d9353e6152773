package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.posthorn.cli.rest.Collection;
import org.posthorn.cli.rest.RefusedException;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The queues, and what was put aside. */
@Command(
        name = "queue",
        description = "The queues, their slices, and the entries that were put aside (shunt and bad).",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn queue show", "  posthorn queue shunt", "  posthorn queue unshunt --all"})
final class QueueCommands {

    private static final int PAGE = 200;

    @ParentCommand
    private Posthorn posthorn;

    /** Where entries lie that nobody works on. */
    enum Parking {
        shunt,
        bad
    }

    @Command(
            name = "show",
            aliases = "ls",
            description = "Show how much lies in each queue; with a name, who works on which of its slices.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn queue show", "  posthorn queue show out"})
    int show(
            @Parameters(paramLabel = "QUEUE", arity = "0..1", description = "E.g. in, pipeline, out, backoff.")
                    String queue) {
        Stream<JsonObject> queues = array(posthorn.server().get(Target.of("api", "queues")));
        if (queue == null) {
            Rows rows = posthorn.output().rows("queue", "entries", "due", "oldest_seconds", "running", "slices");
            queues.map(posthorn.output().isJson() ? one -> one : QueueCommands::counted)
                    .forEach(rows::row);
            rows.end();
            return Exit.OK;
        }
        JsonObject one = queues.filter(each -> each.getString("queue").equals(queue))
                .findFirst()
                .orElseThrow(() -> new CommandException(Exit.FAILED, "there is no queue " + queue));
        if (posthorn.output().isJson()) {
            posthorn.output().object(one);
            return Exit.OK;
        }
        posthorn.output().object(counted(one));
        posthorn.output().line("");
        Rows rows = posthorn.output().rows("slice", "from", "to", "node", "epoch", "running", "pinned");
        array(one.getJsonArray("slices")).forEach(rows::row);
        rows.end();
        return Exit.OK;
    }

    /** The slices as two numbers: how many there are, and on how many a runner runs. */
    private static JsonObject counted(JsonObject queue) {
        long running = array(queue.getJsonArray("slices"))
                .filter(slice -> slice.get("running") == JsonValue.TRUE)
                .count();
        JsonObjectBuilder shown = Json.createObjectBuilder(queue).remove("slices");
        return shown.add("running", running)
                .add("slices", queue.getJsonArray("slices").size())
                .build();
    }

    private static Stream<JsonObject> array(JsonStructure array) {
        return array.asJsonArray().stream().map(JsonValue::asJsonObject);
    }

    @Command(
            name = "shunt",
            description =
                    "Show the entries that work kept failing on, and why; or the messages that could not be read.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn queue shunt", "  posthorn queue shunt --bad --json"})
    int shunt(@Option(names = "--bad", description = "What could not be read as a message.") boolean bad) {
        Rows rows = posthorn.output().rows("id", "origin", "received", "tries", "error");
        parked(bad ? Parking.bad : Parking.shunt).forEach(rows::row);
        rows.end();
        return Exit.OK;
    }

    private Iterable<JsonObject> parked(Parking parking) {
        return new Collection(posthorn.server(), Target.of("api", "queues", parking.name(), "entries"), PAGE);
    }

    @Command(
            name = "unshunt",
            description = "Put shunted entries back into the queues they came from.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn queue unshunt 4711", "  posthorn queue unshunt --all"})
    int unshunt(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "The numbers that shunt shows.")
                    List<Long> ids,
            @Option(names = "--all", description = "All that are there now.") boolean all) {
        Server server = posthorn.server();
        return run(
                server,
                Parking.shunt,
                ids,
                all,
                "put back",
                id -> server.post(
                        Target.of("api", "queues", "shunt", "entries", id, "unshunt"), JsonValue.EMPTY_JSON_OBJECT));
    }

    @Command(
            name = "discard",
            description = "Let shunted entries go for good.",
            footerHeading = "%nExamples:%n",
            footer = {"  posthorn queue discard 4711 --yes", "  posthorn queue discard --bad --all --yes"})
    int discard(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "The numbers that shunt shows.")
                    List<Long> ids,
            @Option(names = "--all", description = "All that are there now.") boolean all,
            @Option(names = "--bad", description = "What could not be read as a message.") boolean bad,
            @Option(names = "--yes", description = "Do not ask.") boolean sure) {
        Parking parking = bad ? Parking.bad : Parking.shunt;
        Server server = posthorn.server();
        posthorn.confirm(sure, "Discard " + (all ? "all entries" : ids + "") + " of " + parking + " for good");
        return run(
                server,
                parking,
                ids,
                all,
                "discarded",
                id -> server.delete(Target.of("api", "queues", parking.name(), "entries", id)));
    }

    private int run(
            Server server,
            Parking parking,
            List<Long> ids,
            boolean all,
            String done,
            java.util.function.Consumer<String> act) {
        boolean none = ids == null || ids.isEmpty();
        if (none != all) {
            throw CommandException.usage("give the numbers of entries, or --all");
        }
        return new Each(posthorn.output(), "id")
                .run(all ? allOf(parking) : ids.stream().map(String::valueOf), done, id -> {
                    try {
                        act.accept(id);
                    } catch (RefusedException e) {
                        throw e.isNotFound()
                                ? new CommandException(Exit.FAILED, "there is no such entry in " + parking)
                                : e;
                    }
                });
    }

    /** The numbers first, since the pages move while entries go; what comes meanwhile is not meant. */
    private Stream<String> allOf(Parking parking) {
        List<Long> found = new ArrayList<>();
        for (JsonObject entry : parked(parking)) {
            found.add(entry.getJsonNumber("id").longValue());
        }
        return found.stream().map(String::valueOf);
    }
}
