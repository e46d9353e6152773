package org.posthorn.moderation.rule;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/**
 * Subject or a line of the text's beginning is a command, which is for the list's {@code -request} address and not for its
 * members. A Subject that is a mere word of asking, such as {@code help}, is one only without a text: with a text it is
 * how people begin a post, and nothing that they asked for is lost by its passing.
 */
public final class Administrivia implements Rule {

    /** Mailman's table: how many words may follow a command, so that a sentence that begins with such a word passes. */
    private static final Map<String, Words> COMMANDS = Map.ofEntries(
            Map.entry("confirm", new Words(1, 1)),
            Map.entry("help", new Words(0, 0)),
            Map.entry("info", new Words(0, 0)),
            Map.entry("join", new Words(0, 0)),
            Map.entry("leave", new Words(0, 0)),
            Map.entry("lists", new Words(0, 0)),
            Map.entry("options", new Words(0, 0)),
            Map.entry("password", new Words(2, 2)),
            Map.entry("remove", new Words(0, 0)),
            Map.entry("set", new Words(3, 3)),
            Map.entry("subscribe", new Words(0, 3)),
            Map.entry("unsubscribe", new Words(0, 1)),
            Map.entry("who", new Words(0, 1)));

    private static final Set<String> ASKING = Set.of("help", "info", "lists", "options", "who");

    /** So many lines of the text are looked at, as in Mailman. */
    private static final int LINES = 10;

    private record Words(int least, int most) {}

    @Override
    public String name() {
        return "administrivia";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(
                post.list().posting().isAdministrivia()
                        && (isCommand(post.header().subject()) && !isTitle(post)
                                || post.text().stream().limit(LINES).anyMatch(Administrivia::isCommand)),
                Reason.of("administrivia"));
    }

    private static boolean isTitle(IncomingPost post) {
        return ASKING.contains(post.header().subject().strip().toLowerCase(Locale.ROOT))
                && !post.text().isEmpty();
    }

    private static boolean isCommand(String line) {
        String[] words = line.strip().split("\\s+", 6);
        Words allowed = COMMANDS.get(words[0].toLowerCase(Locale.ROOT));
        int following = words.length - 1;
        return allowed != null && following >= allowed.least() && following <= allowed.most();
    }
}
