package org.posthorn.mail;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An enhanced status code (RFC 3463), e.g. 5.1.1.
 *
 * @param category the first number, RFC 3463's "class": 2 success, 4 persistent transient failure, 5 permanent failure
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatus(int category, int subject, int detail) {

    private static final Pattern FORM = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.])");

    public EnhancedStatus {
        if (category != 2 && category != 4 && category != 5
                || subject < 0
                || subject > 999
                || detail < 0
                || detail > 999) {
            throw new IllegalArgumentException(
                    "not an enhanced status code: " + category + "." + subject + "." + detail);
        }
    }

    /** @return empty when the text is anything but a code */
    public static Optional<EnhancedStatus> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(of(matcher)) : Optional.empty();
    }

    /** @return the code that an SMTP reply's text begins with (RFC 2034), empty when it begins with none */
    public static Optional<EnhancedStatus> atStartOf(String replyText) {
        Matcher matcher = FORM.matcher(replyText.stripLeading());
        return matcher.lookingAt() ? Optional.of(of(matcher)) : Optional.empty();
    }

    private static EnhancedStatus of(Matcher matcher) {
        return new EnhancedStatus(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    public boolean isSuccess() {
        return category == 2;
    }

    /** Whether it may go better later. */
    public boolean isTransient() {
        return category == 4;
    }

    public boolean isPermanent() {
        return category == 5;
    }

    @Override
    public String toString() {
        return category + "." + subject + "." + detail;
    }
}
