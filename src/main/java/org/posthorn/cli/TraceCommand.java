package org.posthorn.cli;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.concurrent.Callable;
import org.posthorn.cli.rest.Target;
import org.posthorn.cli.show.Output;
import org.posthorn.cli.show.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Where is this message, and why? */
@Command(
        name = "trace",
        description = "Show where a message is, and why: its state, its counts and each step it took.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  posthorn trace '<id@example.org>'",
            "  posthorn trace id@example.org --recipient ann@example.com",
            "  posthorn trace id@example.org --json"
        })
final class TraceCommand implements Callable<Integer> {

    private static final int MOST_EVENTS = 1000;

    @ParentCommand
    private Posthorn posthorn;

    @Parameters(paramLabel = "MESSAGE-ID", description = "With or without the angle brackets.")
    private String messageId;

    @Option(names = "--list", paramLabel = "LIST", description = "As posted to this list only.")
    private String list;

    @Option(
            names = "--recipient",
            paramLabel = "EMAIL",
            description = "What became of this recipient's copy, with the smarthost's reply.")
    private String recipient;

    @Override
    public Integer call() {
        Target target = Target.of("api", "messages")
                .with("message_id", messageId.startsWith("<") ? messageId : "<" + messageId + ">")
                .with("count", MOST_EVENTS);
        if (list != null) {
            target = target.with("list", list);
        }
        if (recipient != null) {
            target = target.with("recipient", recipient);
        }
        JsonObject report = posthorn.server().object(target);
        Output output = posthorn.output();
        if (output.isJson()) {
            output.object(report);
        } else {
            show(report, output);
        }
        return Exit.OK;
    }

    private static void show(JsonObject report, Output output) {
        JsonObjectBuilder figures = Json.createObjectBuilder();
        report.forEach((name, value) -> {
            if (value.getValueType() != JsonValue.ValueType.ARRAY) {
                figures.add(name, value);
            }
        });
        output.object(figures.build());
        table(report, output, "posts", "list", "state", "recipients", "delivered", "failed", "waiting");
        table(report, output, "fates", "outcome", "at", "smarthost", "code", "enhanced_status", "reply");
        table(report, output, "events", "at", "node", "queue", "event", "detail");
    }

    private static void table(JsonObject report, Output output, String name, String... columns) {
        if (report.containsKey(name) && !report.getJsonArray(name).isEmpty()) {
            output.line("");
            Rows rows = output.rows(columns);
            report.getJsonArray(name).forEach(row -> rows.row(row.asJsonObject()));
            rows.end();
        }
    }
}
