package org.posthorn.mail;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.JsonWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.posthorn.mail.FooterText.Encoding;

/**
 * Where the copies of a stored message differ. Without it, or read by a release that knows nothing of it, the message goes
 * out as it is stored, which is right too but tells of nobody.
 *
 * @param places in order, one behind the other
 */
public record CopyPlan(List<Place> places) {

    /** All copies are the same. */
    public static final CopyPlan NONE = new CopyPlan(List.of());

    private static final String WHAT = "what";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String LEAD = "lead";

    /** @throws IllegalArgumentException when a place ends before it begins, or before the one before it ends */
    public CopyPlan {
        places = List.copyOf(places);
        long end = 0;
        for (Place place : places) {
            if (place.from() < end || place.to() < place.from()) {
                throw new IllegalArgumentException("places that overlap: " + places);
            }
            end = place.to();
        }
    }

    public boolean isEmpty() {
        return places.isEmpty();
    }

    /** Whether more must be known of each recipient than the address. */
    public boolean needsMore() {
        return places.stream().anyMatch(Place::needsMore);
    }

    /** @return to be stored; {@link #parse} takes it back */
    public String text() {
        JsonArrayBuilder array = Json.createArrayBuilder();
        places.forEach(place -> array.add(json(place)));
        StringWriter text = new StringWriter();
        try (JsonWriter writer = Json.createWriter(text)) {
            writer.writeArray(array.build());
        }
        return text.toString();
    }

    private static JsonObjectBuilder json(Place place) {
        JsonObjectBuilder json =
                Json.createObjectBuilder().add(FROM, place.from()).add(TO, place.to());
        if (place instanceof Place.Text text) {
            return add(json.add(WHAT, "text"), text.text());
        }
        if (place instanceof Place.AlignedBase64 text) {
            return add(json.add(WHAT, "aligned-base64"), text.text());
        }
        if (place instanceof Place.LastBase64 text) {
            String lead = Base64.getEncoder().encodeToString(text.lead());
            return add(json.add(WHAT, "last-base64").add(LEAD, lead), text.text());
        }
        return json.add(WHAT, "to");
    }

    private static JsonObjectBuilder add(JsonObjectBuilder json, FooterText text) {
        return json.add("charset", text.charset().name())
                .add("encoding", text.encoding().name())
                .add("flowed", text.flowed())
                .add("text", text.text());
    }

    /** @throws IllegalArgumentException when it is no plan that this release knows */
    public static CopyPlan parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            List<Place> places = new ArrayList<>();
            for (JsonValue place : reader.readArray()) {
                places.add(place(place.asJsonObject()));
            }
            return new CopyPlan(places);
        }
    }

    private static Place place(JsonObject json) {
        long from = json.getJsonNumber(FROM).longValueExact();
        long to = json.getJsonNumber(TO).longValueExact();
        return switch (json.getString(WHAT)) {
            case "to" -> new Place.To(from, to);
            case "text" -> new Place.Text(from, to, footer(json));
            case "aligned-base64" -> new Place.AlignedBase64(from, to, footer(json));
            case "last-base64" ->
                new Place.LastBase64(from, to, Base64.getDecoder().decode(json.getString(LEAD)), footer(json));
            default -> throw new IllegalArgumentException("not a place: " + json.getString(WHAT));
        };
    }

    private static FooterText footer(JsonObject json) {
        return new FooterText(
                json.getString("text"),
                Charset.forName(json.getString("charset")),
                Encoding.valueOf(json.getString("encoding")),
                json.getBoolean("flowed"));
    }
}
