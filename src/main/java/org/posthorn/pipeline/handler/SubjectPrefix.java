package org.posthorn.pipeline.handler;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.platform.Text;

/**
 * Puts the list's prefix before the subject, once: a subject that has it already, right at its beginning or after marks of
 * replies (Re:, AW:, SV:, Fwd:, Re[2]: …), stays as it is, octet for octet. {@code %d} in the prefix is the post's number,
 * {@code %05d} the same with zeros before it; then the prefix that a reply has, with the number of another post, goes, and the
 * post's own comes before the marks.
 */
public final class SubjectPrefix implements Handler {

    private static final String REPLY_MARKS = "(?:\\s*\\p{L}{1,8}\\s?(?:\\[\\d{1,4}\\]|\\^\\d{1,4})?\\s?[::])*\\s*";
    private static final Pattern NUMBER = Pattern.compile("%(?:0([1-9]))?d");
    private static final int LONGEST_PREFIX = 200;
    private static final String NO_SUBJECT = "(no subject)";

    @Override
    public String name() {
        return "subject-prefix";
    }

    @Override
    public void handle(Draft draft) {
        String prefix = Text.line(draft.list().appearance().getSubjectPrefix(), LONGEST_PREFIX)
                .strip();
        if (prefix.isEmpty()) {
            return;
        }
        HeaderBlock header = draft.header();
        String subject = header.subject().strip();
        if (NUMBER.matcher(prefix).find()) {
            put(header, numbered(prefix, draft.bench().number()), withoutNumber(subject, prefix));
        } else if (!has(subject, prefix)) {
            put(header, prefix, subject);
        }
    }

    private static void put(HeaderBlock header, String prefix, String subject) {
        header.set("Subject", prefix + " " + (subject.isEmpty() ? NO_SUBJECT : subject));
    }

    /** RE2/J: in linear time, whatever the subject. */
    private static boolean has(String subject, String prefix) {
        return Pattern.compile("^" + REPLY_MARKS + Pattern.quote(prefix), Pattern.CASE_INSENSITIVE)
                .matcher(subject)
                .find();
    }

    private static String numbered(String prefix, long number) {
        Matcher places = NUMBER.matcher(prefix);
        StringBuilder text = new StringBuilder();
        int from = 0;
        while (places.find()) {
            String width = places.group(1);
            text.append(prefix, from, places.start())
                    .append(width == null ? Long.toString(number) : String.format("%0" + width + "d", number));
            from = places.end();
        }
        return text.append(prefix.substring(from)).toString();
    }

    /** @return the subject without the prefixes, whatever their numbers, that stand before and behind its marks of replies */
    private static String withoutNumber(String subject, String prefix) {
        Matcher places = NUMBER.matcher(prefix);
        StringBuilder any = new StringBuilder();
        int from = 0;
        while (places.find()) {
            any.append(Pattern.quote(prefix.substring(from, places.start()))).append("\\d{1,19}");
            from = places.end();
        }
        any.append(Pattern.quote(prefix.substring(from)));
        Matcher beginning = Pattern.compile(
                        "^(?:" + any + "\\s*)*(" + REPLY_MARKS + ")(?:" + any + "\\s*)+", Pattern.CASE_INSENSITIVE)
                .matcher(subject);
        return beginning.find() ? beginning.group(1).stripLeading() + subject.substring(beginning.end()) : subject;
    }
}
