package org.posthorn.moderation.rule;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;
import org.posthorn.template.Texts;

/**
 * A reply to a digest as a whole: its subject is a digest's, or so many lines of a digest's beginning are quoted that
 * nobody can have meant it. Off unless the list has {@code hold_digest}.
 */
public final class Digests implements Rule {

    /** So many lines of the masthead, as in Mailman. */
    private static final int QUOTED = 4;

    /** After marks of replies, the way of Mailman and of what follows it, in the languages of this site. */
    private static final Pattern SUBJECT = Pattern.compile(
            "\\b(?:Digest\\b|Sammlung\\b|Sammelmail\\b|Resumen\\b|Compendio\\b|Groupe\\b|Lot\\b|Recueil\\b|Condensé ).{0,60}\\bVol\\w{0,5}\\.?\\s*\\d{1,9}\\b.{0,20}\\d",
            Pattern.CASE_INSENSITIVE);

    /** Of the robot or the owners, alone on its line. */
    private static final String ADDRESS = "^[^ ]{1,200}-(?:request|owner)@[^ ]{1,200}$";

    /** What lines of mastheads hold, Mailman's and other programs', whatever the list is called. */
    private static final List<Pattern> MASTHEAD = List.of(
            line("mailing list submissions to$"),
            line("subscribe or unsubscribe (?:via|by)\\b"),
            line("send a message with (?:the )?subject or body"),
            line("reach the (?:person|people|owners?) (?:managing|of) the list"),
            line("edit your subject line so (?:it|that it) is more specific"),
            line("^re: contents of .{1,200} digest"),
            line("^today's topics:?$"),
            line("digest, vol \\d{1,9}, issue \\d"),
            line(ADDRESS));

    /** For each language, the lines of the masthead that this site writes itself, as far as they are the same for all lists. */
    private static final List<List<Pattern>> OWN_MASTHEADS =
            Texts.LANGUAGES.stream().map(Digests::masthead).toList();

    /** A shorter line may stand in any mail. */
    private static final int SHORTEST = 12;

    private static List<Pattern> masthead(String language) {
        return Stream.concat(
                        Stream.of(ADDRESS),
                        Texts.fill(language, "digest.masthead", Map.of())
                                .lines()
                                .map(line -> line.split("\\$\\{", 2)[0].strip())
                                .filter(line -> line.length() >= SHORTEST)
                                .map(line -> "^" + Pattern.quote(line)))
                .map(Digests::line)
                .toList();
    }

    private static Pattern line(String text) {
        return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
    }

    @Override
    public String name() {
        return "digests";
    }

    @Override
    public Verdict check(IncomingPost post) {
        return Verdict.hitIf(
                post.list().posting().isHoldDigest()
                        && (SUBJECT.matcher(post.header().subject()).find() || quotesMasthead(post.text())),
                Reason.of("digest-quoted"));
    }

    private static boolean quotesMasthead(List<String> text) {
        List<String> quoted = text.stream()
                .map(line -> line.replaceFirst("^[>|\\s]+", "").strip())
                .toList();
        return isThere(MASTHEAD, quoted) || OWN_MASTHEADS.stream().anyMatch(masthead -> isThere(masthead, quoted));
    }

    private static boolean isThere(List<Pattern> masthead, List<String> quoted) {
        return masthead.stream()
                        .filter(pattern -> quoted.stream()
                                .anyMatch(line -> pattern.matcher(line).find()))
                        .count()
                >= QUOTED;
    }
}
