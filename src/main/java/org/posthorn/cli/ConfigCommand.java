package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.concurrent.Callable;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Settings: a node's, which are only shown, and a list's. */
@Command(
        name = "config",
        description = {
            "Show the node's settings, or show and change a list's.",
            "",
            "Without a list: the settings of the node that answers, each with where it comes from; they are set in its "
                    + "environment or posthorn.properties. With a list: its settings. ATTRIBUTE shows one, ATTRIBUTE=VALUE "
                    + "sets it; several are set together or not at all. Where a setting holds several entries, = sets them "
                    + "all (commas between), += adds one and -= takes one away."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn config",
            "  posthorn config test.lists.example.org",
            "  posthorn config test.lists.example.org subject_prefix",
            "  posthorn config test.lists.example.org subject_prefix='[test] ' max_message_size=200",
            "  posthorn config test.lists.example.org acceptable_aliases+=old@example.org"
        })
final class ConfigCommand implements Callable<Integer> {

    @ParentCommand
    private Posthorn posthorn;

    @Parameters(paramLabel = "LIST", arity = "0..1", index = "0", description = "List-Id or posting address.")
    private String list;

    @Parameters(paramLabel = "ATTRIBUTE[=VALUE]", arity = "0..*", index = "1..*", description = "What to show or set.")
    private List<String> attributes;

    @Override
    public Integer call() {
        Server server = posthorn.server();
        if (list == null) {
            return node(server);
        }
        String listId = ListCommands.known(server, list).getString("list_id");
        JsonObject present = server.object(Target.of("3.1", "lists", listId, "config"));
        List<String> given = attributes == null ? List.of() : attributes;
        long assignments = given.stream().filter(one -> one.contains("=")).count();
        if (assignments > 0 && assignments < given.size()) {
            throw CommandException.usage("either show attributes or set them");
        }
        return assignments > 0 ? set(server, listId, present, given) : show(present, given);
    }

    private int node(Server server) {
        Rows rows = posthorn.output().rows("name", "value", "source");
        server.get(Target.of("api", "settings")).asJsonArray().forEach(setting -> rows.row(setting.asJsonObject()));
        rows.end();
        return Exit.OK;
    }

    private int show(JsonObject present, List<String> names) {
        JsonObjectBuilder shown = Json.createObjectBuilder();
        for (String name : names) {
            shown.add(name, known(present, name));
        }
        posthorn.output().object(names.isEmpty() ? present : shown.build());
        return Exit.OK;
    }

    private static JsonValue known(JsonObject present, String name) {
        if (!present.containsKey(name)) {
            throw new CommandException(Exit.FAILED, "a list has no setting " + name);
        }
        return present.get(name);
    }

    private int set(Server server, String listId, JsonObject present, List<String> assignments) {
        JsonObjectBuilder changes = Json.createObjectBuilder();
        assignments.forEach(one -> add(changes, present, one));
        JsonObject body = changes.build();
        server.patch(Target.of("3.1", "lists", listId, "config"), body, present.getString("http_etag", ""));
        JsonObject after = server.object(Target.of("3.1", "lists", listId, "config"));
        JsonObjectBuilder shown = Json.createObjectBuilder();
        body.keySet().forEach(name -> shown.add(name, after.get(name)));
        posthorn.output().object(shown.build());
        return Exit.OK;
    }

    private static void add(JsonObjectBuilder changes, JsonObject present, String assignment) {
        int equals = assignment.indexOf('=');
        char before = equals > 0 ? assignment.charAt(equals - 1) : ' ';
        boolean one = before == '+' || before == '-';
        String name = assignment.substring(0, one ? equals - 1 : equals);
        String value = assignment.substring(equals + 1);
        JsonValue old = known(present, name);
        if (old.getValueType() != JsonValue.ValueType.ARRAY) {
            if (one) {
                throw CommandException.usage(name + " is no list: set it with =");
            }
            changes.add(name, value);
            return;
        }
        JsonArrayBuilder entries = Json.createArrayBuilder();
        if (one) {
            old.asJsonArray().stream()
                    .filter(entry -> !entry.equals(Json.createValue(value)))
                    .forEach(entries::add);
            if (before == '+') {
                entries.add(value);
            }
        } else {
            List.of(value.split(",")).stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .forEach(entries::add);
        }
        changes.add(name, entries);
    }
}
