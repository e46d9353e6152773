package org.posthorn.api.wire;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Reads a form or a JSON object, whichever the media type says, of at most 1 MiB. Hostile input ends in a
 * {@link Refusal}: too long, not UTF-8, nested deeply, not an object.
 */
public final class BodyParser {

    static final int MOST_BYTES = 1 << 20;
    private static final int MOST_DEPTH = 8;
    private static final int MOST_FIELDS = 1000;

    private BodyParser() {}

    /** @param isForm whether the body is {@code application/x-www-form-urlencoded}; else JSON. Nothing at all has no fields. */
    public static Fields parse(InputStream body, boolean isForm) throws IOException {
        byte[] octets = body.readNBytes(MOST_BYTES + 1);
        if (octets.length > MOST_BYTES) {
            throw new Refusal(413, "The body is longer than " + MOST_BYTES + " bytes");
        }
        String text = utf8(octets);
        if (text.isBlank()) {
            return new Fields(Map.of());
        }
        return isForm ? form(text) : json(text);
    }

    private static String utf8(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refusal.badRequest("The body is not UTF-8");
        }
    }

    /** @param text {@code name=value&…}, percent-encoded UTF-8; a body or a query */
    static Fields form(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                values.computeIfAbsent(name, any -> new ArrayList<>())
                        .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
            if (values.size() > MOST_FIELDS) {
                throw Refusal.badRequest("Too many parameters");
            }
        }
        return new Fields(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest("The parameters are not percent-encoded as they should be");
        }
    }

    private static Fields json(String text) {
        if (depth(text) > MOST_DEPTH) {
            throw Refusal.badRequest("The JSON is nested too deeply");
        }
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            if (parser.next() != JsonParser.Event.START_OBJECT) {
                throw Refusal.badRequest("A JSON object is expected");
            }
            JsonObject object = parser.getObject();
            if (parser.hasNext()) { // which also looks for what follows the object
                throw Refusal.badRequest("One JSON object is expected");
            }
            Map<String, List<String>> values = new LinkedHashMap<>();
            Set<String> nulls = new HashSet<>();
            object.forEach((name, value) -> {
                values.put(name, texts(name, value));
                if (value == JsonValue.NULL) {
                    nulls.add(name);
                }
            });
            return new Fields(values, nulls);
        } catch (JsonException | IllegalStateException | ArithmeticException | NoSuchElementException e) {
            throw Refusal.badRequest("The body is not a JSON object");
        }
    }

    /** How deeply brackets are nested, before a parser has to find out. Those in strings don't count. */
    private static int depth(String text) {
        int depth = 0;
        int deepest = 0;
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (inString && c == '\\') {
                i++;
            } else if (c == '"') {
                inString = !inString;
            } else if (!inString && (c == '[' || c == '{')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!inString && (c == ']' || c == '}')) {
                depth--;
            }
        }
        return deepest;
    }

    private static List<String> texts(String name, JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.stream().map(each -> text(name, each)).toList();
        }
        return List.of(text(name, value));
    }

    private static String text(String name, JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString();
            case NUMBER, TRUE, FALSE -> value.toString();
            case NULL -> "";
            case ARRAY, OBJECT -> throw Fields.wrong(name, "a text, a number or a list of them is expected");
        };
    }
}
