package org.posthorn.mail.filter;

/**
 * Something that was done to a message.
 *
 * @param type the part's media type
 * @param name what its sender calls it, one line; empty: nothing
 */
public record Change(What what, String type, String name) {

    /** What was done, and why. */
    public enum What {
        FILTER_TYPE("removed", "filter_types"),
        PASS_TYPE("removed", "not among pass_types"),
        FILTER_EXTENSION("removed", "filter_extensions"),
        PASS_EXTENSION("removed", "not among pass_extensions"),
        SEALED("removed", "signed or encrypted, and holds what is not allowed"),
        BOUNDS("removed", "nested too deeply, or too many parts"),
        ALTERNATIVE("removed", "another alternative stays"),
        EMPTY("removed", "empty"),
        CONVERTED("converted to plain text", ""),
        LEFT_AS_HTML("not converted to plain text", "too large"),
        LINKED("replaced by a link", "");

        private final String done;
        private final String why;

        What(String done, String why) {
            this.done = done;
            this.why = why;
        }
    }

    /** For a trace. What comes from mail in it is one line. */
    @Override
    public String toString() {
        return what.done + " " + type + (name.isEmpty() ? "" : " \"" + name + '"')
                + (what.why.isEmpty() ? "" : " (" + what.why + ")");
    }
}
