package org.posthorn.delivery.smtp.trial;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.posthorn.delivery.smtp.Offer;

/** {@link Figures} as REST and {@code --json} have them. */
public final class FiguresJson {

    private FiguresJson() {}

    public static JsonObject of(Figures figures) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("connections", figures.connections())
                .add("recipients", figures.recipients())
                .add("copies", figures.copies())
                .add("seconds", Math.round(figures.seconds() * 1e6) / 1e6)
                .add("copies_per_second", Math.round(figures.rate() * 10) / 10.0)
                .add("median_ms", figures.medianMicros() / 1e3)
                .add("p95_ms", figures.p95Micros() / 1e3)
                .add("deferred", figures.deferred())
                .add("refused", figures.refused())
                .add("unknown", figures.unknown())
                .add("turned_away", figures.turnedAway())
                .add("ended", figures.ended())
                .add("carried", figures.carried())
                .add("said", figures.said());
        if (figures.offer() != null) {
            Offer offer = figures.offer();
            json.add(
                    "offer",
                    Json.createObjectBuilder()
                            .add("pipelining", offer.pipelining())
                            .add("chunking", offer.chunking())
                            .add("encrypted", offer.encrypted())
                            .add("most_bytes", offer.mostBytes())
                            .add("round_trip_ms", offer.roundTripMicros() / 1e3));
        }
        return json.build();
    }

    /** @throws RuntimeException when a field is missing or of another type */
    public static Figures parse(JsonObject json) {
        JsonObject offer = json.getJsonObject("offer");
        return new Figures(
                json.getInt("connections"),
                json.getInt("recipients"),
                json.getInt("copies"),
                number(json, "seconds"),
                Math.round(number(json, "median_ms") * 1e3),
                Math.round(number(json, "p95_ms") * 1e3),
                json.getInt("deferred"),
                json.getInt("refused"),
                json.getInt("unknown"),
                json.getInt("turned_away"),
                json.getInt("ended"),
                json.getInt("carried"),
                json.getString("said"),
                offer == null
                        ? null
                        : new Offer(
                                offer.getBoolean("pipelining"),
                                offer.getBoolean("chunking"),
                                offer.getBoolean("encrypted"),
                                offer.getJsonNumber("most_bytes").longValue(),
                                Math.round(number(offer, "round_trip_ms") * 1e3)));
    }

    private static double number(JsonObject json, String name) {
        return json.getJsonNumber(name).doubleValue();
    }
}
