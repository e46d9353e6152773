package org.posthorn.cli.tune;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.posthorn.cli.CommandException;
import org.posthorn.cli.Exit;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;
import org.posthorn.delivery.smtp.trial.Figures;
import org.posthorn.delivery.smtp.trial.FiguresJson;
import org.posthorn.delivery.smtp.trial.Trial;

/** Lets the node feed one of its smarthosts, whose credentials it alone has. */
public record ByNode(Server server, String name) implements Feeder {

    private static final Duration BESIDE = Duration.ofSeconds(60);

    @Override
    public Figures feed(Trial trial) {
        JsonObject asked = Json.createObjectBuilder()
                .add("connections", trial.connections())
                .add("copies", trial.copies())
                .add("recipients", trial.recipients())
                .add("size", trial.sizeBytes())
                .add("to", trial.to())
                .add("from", trial.from().address())
                .add("seconds", trial.most().toSeconds())
                .build();
        JsonObject answer = server.post(
                        Target.of("api", "smarthosts", name, "tune"),
                        asked,
                        trial.most().plus(BESIDE))
                .orElseThrow(() -> new CommandException(Exit.FAILED, "the server's answer is empty"))
                .asJsonObject();
        return FiguresJson.parse(answer);
    }
}
