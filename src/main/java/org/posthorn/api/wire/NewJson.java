package org.posthorn.api.wire;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** Makes JSON objects. Json's own methods look for a provider in every jar at each call, too dear for each entry of a long collection. */
public final class NewJson {

    private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

    private NewJson() {}

    public static JsonObjectBuilder object() {
        return FACTORY.createObjectBuilder();
    }

    public static JsonObjectBuilder object(JsonObject from) {
        return FACTORY.createObjectBuilder(from);
    }
}
