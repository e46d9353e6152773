package org.posthorn.console.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The values that an attribute can be chosen from, as ConfigAttribute shows them. */
final class Choices {

    private Choices() {}

    static List<String> of(Enum<?> constant) {
        return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
