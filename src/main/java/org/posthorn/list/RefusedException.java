package org.posthorn.list;

/** What was asked for cannot be done as asked. The message is for people and holds nothing secret. */
public abstract class RefusedException extends RuntimeException {

    protected RefusedException(String message) {
        super(message);
    }

    /** The value, shortened, with what cannot be shown replaced: for messages and logs. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        String start = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return start.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\p{Cs}]", "\uFFFD");
    }
}
