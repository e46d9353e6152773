package org.posthorn.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.posthorn.list.MailingList;
import org.posthorn.platform.Text;

/**
 * What Mailman's templates can name: {@code $name} or {@code ${name}}; {@code $$} is a dollar sign. Unknown names stay as
 * they are, and what is filled in is not looked at again.
 */
public final class Variables {

    private static final Pattern NAME =
            Pattern.compile("\\$(?:(\\$)|\\{([A-Za-z_][A-Za-z0-9_]{0,60})}|([A-Za-z_][A-Za-z0-9_]{0,60}))");
    private static final int LONGEST_LINE = 1000;

    /** The names that {@link #of} has a value for. */
    static final Set<String> OF_LIST = Set.of(
            "list",
            "listname",
            "fqdn_listname",
            "list_id",
            "list_name",
            "short_listname",
            "mail_host",
            "domain",
            "display_name",
            "description",
            "info",
            "leave",
            "list_requests",
            "request_email",
            "owner",
            "owner_email",
            "language");

    /** Of a text that has been filled in, in characters; one that was longer before gets no longer. */
    static final int MOST = 256 * 1024;

    private Variables() {}

    /** What is so of a list, whatever the text is for. */
    public static Map<String, String> of(MailingList list, String language) {
        Map<String, String> values = new HashMap<>();
        values.put("list", list.getFqdnListname());
        values.put("listname", list.getFqdnListname());
        values.put("fqdn_listname", list.getFqdnListname());
        values.put("list_id", list.getListId());
        values.put("list_name", list.getListName());
        values.put("short_listname", list.getListName());
        values.put("mail_host", list.getMailHost());
        values.put("domain", list.getMailHost());
        values.put(
                "display_name",
                Text.line(list.presentation().getDisplayName(), LONGEST_LINE).strip());
        values.put("description", Text.line(list.presentation().getDescription(), 4 * LONGEST_LINE));
        values.put("info", list.presentation().getInfo());
        values.put("leave", list.address("leave"));
        values.put("list_requests", list.address("request"));
        values.put("request_email", list.address("request"));
        values.put("owner", list.address("owner"));
        values.put("owner_email", list.address("owner"));
        values.put("language", language);
        return values;
    }

    /**
     * @return the text with the values of those names that there are; a name whose value would make it longer than
     *     {@value #MOST} characters stays as it is, since a text can name a long value thousands of times
     */
    public static String replace(String text, Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = NAME.matcher(text);
        int from = 0;
        while (matcher.find()) {
            filled.append(text, from, matcher.start());
            String value = value(matcher, values);
            filled.append(filled.length() + value.length() > MOST ? matcher.group() : value);
            from = matcher.end();
        }
        return filled.append(text, from, text.length()).toString();
    }

    /** @return the names in a text that are none of the known, each with the first line where it stands, from 1 */
    static Map<String, Integer> unknown(String text, Set<String> known) {
        Map<String, Integer> lines = new LinkedHashMap<>();
        int line = 1;
        int from = 0;
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            if (name != null && !known.contains(name)) {
                line += (int) text.substring(from, matcher.start())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                from = matcher.start();
                lines.putIfAbsent(name, line);
            }
        }
        return lines;
    }

    private static String value(java.util.regex.MatchResult found, Map<String, String> values) {
        if (found.group(1) != null) {
            return "$";
        }
        String name = found.group(2) != null ? found.group(2) : found.group(3);
        return values.getOrDefault(name, found.group());
    }
}
