package org.posthorn.pipeline.handler;

import com.google.re2j.Pattern;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.platform.Text;

/**
 * Puts the list's prefix before the subject, once: a subject that has it already, right at its beginning or after marks of
 * replies (Re:, AW:, SV:, Fwd:, Re[2]: …), stays as it is, octet for octet.
 */
public final class SubjectPrefix implements Handler {

    private static final String REPLY_MARKS = "(?:\\s*\\p{L}{1,8}\\s?(?:\\[\\d{1,4}\\]|\\^\\d{1,4})?\\s?[::])*\\s*";
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
        if (!has(subject, prefix)) {
            header.set("Subject", prefix + " " + (subject.isEmpty() ? NO_SUBJECT : subject));
        }
    }

    /** RE2/J: in linear time, whatever the subject. */
    private static boolean has(String subject, String prefix) {
        return Pattern.compile("^" + REPLY_MARKS + Pattern.quote(prefix), Pattern.CASE_INSENSITIVE)
                .matcher(subject)
                .find();
    }
}
