package org.posthorn.list;

import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.posthorn.platform.Patterns;

/**
 * A line of a list's topics, as Mailman 2.1 has them: a name, a colon, and a regular expression (RE2, without regard to case)
 * that is looked for in a post's subject, keywords and first lines.
 *
 * @param name letters, digits, blanks and {@code . _ + -}: it stands in a header field and in members' wishes
 */
public record Topic(String name, Pattern pattern) {

    private static final java.util.regex.Pattern NAME =
            java.util.regex.Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9 ._+-]{0,58}[A-Za-z0-9._+-])?");

    /** @return empty for what is no such line; a line that begins with # is a comment, and none either */
    public static Optional<Topic> parse(String line) {
        int colon = line.indexOf(':');
        if (colon < 0 || line.startsWith("#")) {
            return Optional.empty();
        }
        String name = line.substring(0, colon).strip();
        String expression = line.substring(colon + 1).strip();
        if (!NAME.matcher(name).matches() || expression.isEmpty()) {
            return Optional.empty();
        }
        return Patterns.of(expression).map(pattern -> new Topic(name, pattern));
    }

    /** The list's, in order; none while it does not go by them. */
    public static List<Topic> of(MailingList list) {
        return list.posting().isTopicsEnabled()
                ? list.posting().getTopics().stream()
                        .flatMap(line -> parse(line).stream())
                        .toList()
                : List.of();
    }

    /** The form in which a member's wishes hold the name. */
    public String key() {
        return key(name);
    }

    static String key(String name) {
        return "|" + name.strip().toLowerCase(Locale.ROOT) + "|";
    }

    /** @param joined as a member's row has them; @return in lower case */
    public static List<String> names(String joined) {
        return joined.isEmpty()
                ? List.of()
                : List.of(joined.substring(1, joined.length() - 1).split("\\|"));
    }

    /** @return names as a member's row has them; empty for none */
    static String joined(Collection<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream()
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .distinct()
                        .collect(Collectors.joining("|", "|", "|"));
    }
}
