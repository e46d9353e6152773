package org.posthorn.queue;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;

/** An entry's attributes as JSON text. */
final class Attributes {

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private Attributes() {}

    static String toJson(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return "{}";
        }
        JsonObjectBuilder json = BUILDERS.createObjectBuilder();
        attributes.forEach((name, value) -> json.add(name, value.replace('\0', ' ')));
        return json.build().toString();
    }

    static Map<String, String> fromJson(String text) {
        if (text.equals("{}")) {
            return Map.of();
        }
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            Map<String, String> attributes = new LinkedHashMap<>();
            json.forEach((name, value) -> attributes.put(name, json.getString(name)));
            return Map.copyOf(attributes);
        }
    }
}
