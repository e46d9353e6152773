package org.posthorn.cli.show;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;

/** Where a command's results go, in the form that was asked for. */
public final class Output {

    /** Of interest to REST's clients only. */
    private static final Set<String> LEFT_OUT = Set.of("http_etag", "self_link");

    private final PrintWriter out;
    private final boolean json;
    private final boolean terminal;

    /** @param terminal whether a person reads: columns are aligned then, and separated by tabs else */
    public Output(PrintWriter out, boolean json, boolean terminal) {
        this.out = out;
        this.json = json;
        this.terminal = terminal;
    }

    public boolean isJson() {
        return json;
    }

    /** @param columns the fields that people see; JSON has all */
    public Rows rows(String... columns) {
        return json ? new JsonRows(out) : new TableRows(out, List.of(columns), terminal);
    }

    /** One thing: a line for each field, or the object. */
    public void object(JsonObject object) {
        JsonObject shown = withoutLinks(object);
        if (json) {
            out.println(Values.json(shown));
            return;
        }
        int width = terminal
                ? shown.keySet().stream().mapToInt(String::length).max().orElse(0)
                : 0;
        shown.forEach((name, value) ->
                out.println(Values.pad(Values.clean(name), width) + (terminal ? "  " : "\t") + Values.text(value)));
    }

    /** What was done: in words, or as an object. */
    public void done(String words, JsonObject object) {
        out.println(json ? Values.json(object) : Values.clean(words));
    }

    /** A line for people; JSON's readers don't get it. */
    public void line(String words) {
        if (!json) {
            out.println(Values.clean(words));
        }
    }

    static JsonObject withoutLinks(JsonObject object) {
        if (object.keySet().stream().noneMatch(LEFT_OUT::contains)) {
            return object;
        }
        JsonObjectBuilder rest = Json.createObjectBuilder();
        object.forEach((name, value) -> {
            if (!LEFT_OUT.contains(name)) {
                rest.add(name, value);
            }
        });
        return rest.build();
    }
}
