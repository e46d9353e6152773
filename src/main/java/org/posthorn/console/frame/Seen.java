package org.posthorn.console.frame;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/** What a form showed when it was opened, field by field. It travels with the form, in one hidden field. */
public record Seen(Map<String, String> values) {

    public Seen {
        values = Map.copyOf(values);
    }

    /** @param text from the form, may be null; @return nothing seen, where it cannot be read */
    public static Seen read(String text) {
        Map<String, String> values = new HashMap<>();
        try (JsonReader reader = Json.createReader(new StringReader(text == null ? "{}" : text))) {
            JsonObject object = reader.readObject();
            object.forEach((field, value) -> {
                if (value instanceof JsonString string) {
                    values.put(field, string.getString());
                }
            });
        } catch (JsonException e) {
            values.clear();
        }
        return new Seen(values);
    }

    /** @return as {@link #read} takes it */
    public String write() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        values.forEach(json::add);
        return json.build().toString();
    }

    /** @param now what stands there; @return what was seen of the field; {@code now} where that is not known */
    public String of(String field, String now) {
        return values.getOrDefault(field, now);
    }
}
