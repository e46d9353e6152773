package org.posthorn.mail.filter;

/**
 * Nothing of a message may stay.
 *
 * @param value the type or extension; for {@link Cause#NOTHING_LEFT} what was taken out
 */
public record Refusal(Cause cause, String value) {

    /** Why. */
    public enum Cause {
        TYPE_FORBIDDEN,
        TYPE_NOT_ALLOWED,
        EXTENSION_FORBIDDEN,
        EXTENSION_NOT_ALLOWED,
        NOTHING_LEFT
    }
}
