package org.posthorn.moderation;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.posthorn.platform.Text;
import org.posthorn.template.Texts;

/**
 * Why a post may not simply pass, as a sentence in the language of whoever reads it. Traces, logs and REST have it in
 * English.
 *
 * @param key of the sentence among the texts, there with {@code reason.} before it
 * @param values what is filled in
 */
public record Reason(String key, Map<String, String> values) {

    /** Kept, since to find the library anew for each object takes longer than to write it. */
    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
    private static final String ENGLISH = Locale.ENGLISH.getLanguage();
    private static final String GIVEN = "given";
    private static final int LONGEST_VALUE = 2000;

    public Reason {
        values = values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> Text.lines(entry.getValue(), LONGEST_VALUE)));
    }

    public static Reason of(String key) {
        return new Reason(key, Map.of());
    }

    /** @param value also a number */
    public static Reason of(String key, String name, Object value) {
        return new Reason(key, Map.of(name, value.toString()));
    }

    /** What a person wrote; it is in no other language. */
    public static Reason given(String text) {
        return new Reason(GIVEN, Map.of("text", text));
    }

    public String in(String language) {
        return Texts.fill(language, "reason." + key, values);
    }

    /** @return all of them in one line */
    public static String in(String language, List<Reason> reasons) {
        return reasons.stream().map(reason -> reason.in(language)).collect(Collectors.joining(" "));
    }

    public String english() {
        return in(ENGLISH);
    }

    public static String english(List<Reason> reasons) {
        return in(ENGLISH, reasons);
    }

    /** @return to be stored, and read by {@link #read} */
    static String write(List<Reason> reasons) {
        JsonArrayBuilder array = BUILDERS.createArrayBuilder();
        for (Reason reason : reasons) {
            JsonObjectBuilder values = BUILDERS.createObjectBuilder();
            reason.values.forEach(values::add);
            array.add(BUILDERS.createObjectBuilder().add("key", reason.key).add("values", values));
        }
        return array.build().toString();
    }

    static List<Reason> read(String json) {
        try (JsonReader reader = READERS.createReader(new StringReader(json))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(Reason::read)
                    .toList();
        }
    }

    private static Reason read(JsonObject json) {
        Map<String, String> values = new LinkedHashMap<>();
        JsonObject object = json.getJsonObject("values");
        object.keySet().forEach(name -> values.put(name, object.getString(name)));
        return new Reason(json.getString("key"), values);
    }

    @Override
    public String toString() {
        return english();
    }
}
