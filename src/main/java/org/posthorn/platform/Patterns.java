package org.posthorn.platform;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Regular expressions that people have written into settings: matched in linear time (RE2/J), without regard to case. The
 * small ones that were used last stay compiled, since each post asks for the same ones.
 */
public final class Patterns {

    private static final int MOST_KEPT = 1000;
    private static final int LONGEST_KEPT = 200;

    private static final Map<String, Optional<Pattern>> KEPT = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Pattern>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private Patterns() {}

    /** @return empty for what is no regular expression */
    public static Optional<Pattern> of(String expression) {
        // A counted repetition can make a compiled pattern a thousand times as large as its text.
        if (expression.length() > LONGEST_KEPT || expression.indexOf('{') >= 0) {
            return compile(expression);
        }
        synchronized (KEPT) {
            return KEPT.computeIfAbsent(expression, Patterns::compile);
        }
    }

    private static Optional<Pattern> compile(String expression) {
        try {
            return Optional.of(Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }
}
