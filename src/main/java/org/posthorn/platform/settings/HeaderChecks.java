package org.posthorn.platform.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What the site does with posts by their header fields, before the list's own header matches: Mailman's
 * {@code [antispam]header_checks} and {@code jump_chain}.
 *
 * @param checks in order
 * @param action {@code accept}, {@code hold}, {@code reject} or {@code discard}; also for a list's header matches without an action
 */
public record HeaderChecks(List<Check> checks, String action) {

    /**
     * @param header a field's name
     * @param pattern a regular expression that is looked for anywhere in the value, without regard to case
     */
    public record Check(String header, String pattern) {}

    private static final String KEY = "posthorn.header.checks";
    private static final String ACTION = "posthorn.header.action";
    private static final List<String> ACTIONS = List.of("accept", "hold", "reject", "discard");
    private static final int MOST = 500;
    private static final Pattern LINE = Pattern.compile("([!-9;-~]{1,200})\\s*:\\s*(.{1,1000})");
    /** What RE2, by which it is matched in linear time, does not know. */
    private static final Pattern NOT_LINEAR = Pattern.compile("\\(\\?(=|!|<=|<!|>)|\\\\[1-9]|[*+?}]\\+");

    public HeaderChecks {
        checks = List.copyOf(checks);
    }

    static HeaderChecks read(SettingSource source) {
        List<Check> checks = new ArrayList<>();
        for (String line : source.text(KEY, "").split("\n")) {
            if (!line.isBlank()) {
                checks.add(check(source, line.strip()));
            }
        }
        if (checks.size() > MOST) {
            throw source.wrong(KEY, checks.size() + " lines", "at most " + MOST + " lines");
        }
        String action = source.text(ACTION, "hold").toLowerCase(Locale.ROOT);
        if (!ACTIONS.contains(action)) {
            throw source.wrong(ACTION, action, String.join(", ", ACTIONS));
        }
        return new HeaderChecks(checks, action);
    }

    private static Check check(SettingSource source, String line) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw source.wrong(
                    KEY, line, "lines of a header field's name, a colon and a pattern, such as X-Spam-Flag: ^yes");
        }
        String pattern = parts.group(2);
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw source.wrong(KEY, line, "a regular expression behind the colon: " + e.getDescription());
        }
        if (NOT_LINEAR.matcher(pattern).find()) {
            throw source.wrong(
                    KEY, line, "a regular expression without lookaround, back references and possessive repeats");
        }
        return new Check(parts.group(1), pattern);
    }
}
