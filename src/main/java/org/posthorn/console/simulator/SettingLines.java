package org.posthorn.console.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads settings as a person writes them: a line each, {@code attribute=value}; several lines of one make a list. */
final class SettingLines {

    private SettingLines() {}

    /** @param wrong makes the exception for a line that is none of these */
    static Map<String, Object> read(String text, Function<String, ? extends RuntimeException> wrong) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1) {
                throw wrong.apply(line);
            }
            values.computeIfAbsent(line.substring(0, equals).strip(), any -> new ArrayList<>())
                    .add(line.substring(equals + 1).strip());
        }
        Map<String, Object> changes = new LinkedHashMap<>();
        values.forEach((name, all) -> changes.put(name, all.size() == 1 ? all.get(0) : List.copyOf(all)));
        return changes;
    }
}
