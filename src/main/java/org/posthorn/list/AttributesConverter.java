package org.posthorn.list;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonWriter;
import jakarta.json.JsonWriterFactory;
import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;

/** Stores texts by name as a JSON object, sorted by name; none as null. */
@Converter
public class AttributesConverter implements AttributeConverter<Map<String, String>, String> {

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final JsonWriterFactory WRITERS = Json.createWriterFactory(Map.of());

    @Override
    public String convertToDatabaseColumn(Map<String, String> attributes) {
        if (attributes == null || attributes.isEmpty()) {
            return null;
        }
        JsonObjectBuilder object = BUILDERS.createObjectBuilder();
        new TreeMap<>(attributes).forEach(object::add);
        StringWriter text = new StringWriter();
        try (JsonWriter writer = WRITERS.createWriter(text)) {
            writer.writeObject(object.build());
        }
        return text.toString();
    }

    @Override
    public Map<String, String> convertToEntityAttribute(String text) {
        if (text == null || text.isEmpty()) {
            return Map.of();
        }
        Map<String, String> attributes = new TreeMap<>();
        try (JsonReader reader = READERS.createReader(new StringReader(text))) {
            JsonObject object = reader.readObject();
            object.forEach((name, value) ->
                    attributes.put(name, value instanceof JsonString string ? string.getString() : value.toString()));
        }
        return Map.copyOf(attributes);
    }
}
