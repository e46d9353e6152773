package org.posthorn.cli.tune;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.posthorn.delivery.smtp.Offer;
import org.posthorn.delivery.smtp.trial.Figures;

/** What is to be set, by what was seen. */
public final class Advice {

    private static final double FAR_MS = 5;

    private final Ladder.Climbed climbed;

    public Advice(Ladder.Climbed climbed) {
        this.climbed = climbed;
    }

    /** @return whether there is anything to recommend: some step went without a refusal */
    public boolean isAny() {
        return chosen().isPresent();
    }

    private Optional<Figures> chosen() {
        int fewest =
                climbed.steps().stream().mapToInt(Figures::recipients).min().orElse(0);
        return Ladder.Climbed.choice(climbed.steps().stream()
                .filter(step -> step.recipients() == fewest)
                .toList());
    }

    /** Nothing is said of recipients where only one number of them was tried. */
    private OptionalInt recipients() {
        int connections = chosen().map(Figures::connections).orElse(0);
        List<Figures> tried = climbed.steps().stream()
                .filter(step -> step.connections() == connections)
                .toList();
        return tried.size() < 2
                ? OptionalInt.empty()
                : Ladder.Climbed.choice(tried).stream()
                        .mapToInt(Figures::recipients)
                        .findFirst();
    }

    /** @return how many messages the smarthost takes on a connection, where it ended one after some */
    private OptionalInt messages() {
        return climbed.steps().stream()
                .filter(step -> step.ended() > 0)
                .mapToInt(Figures::carried)
                .filter(carried -> carried > 0)
                .min();
    }

    private Optional<Offer> offer() {
        return climbed.steps().stream()
                .map(Figures::offer)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** @return the fields of a smarthost that are to be set; empty without any */
    public JsonObject fields() {
        JsonObjectBuilder fields = Json.createObjectBuilder();
        chosen().ifPresent(step -> fields.add("connections", step.connections()));
        recipients().ifPresent(number -> fields.add("rcpts", number));
        if (isAny()) {
            messages().ifPresent(number -> fields.add("messages_per_connection", number));
        }
        return fields.build();
    }

    /** @return sentences for people, one a line */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        offer().ifPresent(offer -> lines.addAll(offered(offer)));
        if (!climbed.stopped().isEmpty()) {
            lines.add("Stopped " + (climbed.stopped().startsWith("at ") ? "" : "since ") + climbed.stopped());
        }
        if (!isAny()) {
            lines.add("Nothing to recommend: no step went without a refusal.");
            return lines;
        }
        List<String> set = new ArrayList<>();
        fields().forEach((name, value) -> set.add(name + "=" + value));
        lines.add("Recommended: " + String.join(" ", set));
        return lines;
    }

    private static List<String> offered(Offer offer) {
        List<String> lines = new ArrayList<>();
        double millis = offer.roundTripMicros() / 1e3;
        lines.add(String.format(
                Locale.ROOT,
                "PIPELINING: %s  CHUNKING: %s  TLS: %s  round trip: %.1f ms",
                yes(offer.pipelining()),
                yes(offer.chunking()),
                yes(offer.encrypted()),
                millis));
        if (!offer.pipelining()) {
            lines.add("Without PIPELINING every command waits for its answer: switch it on there if you can.");
        } else if (!offer.chunking() && millis >= FAR_MS) {
            lines.add("It is far away: with CHUNKING several messages could be under way on each connection.");
        }
        return lines;
    }

    private static String yes(boolean offered) {
        return offered ? "yes" : "no";
    }
}
