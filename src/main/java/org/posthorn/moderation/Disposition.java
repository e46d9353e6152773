package org.posthorn.moderation;

import java.util.List;

/** A post's fate. */
public sealed interface Disposition {

    /** It goes to the members. */
    record Accept() implements Disposition {}

    /**
     * It waits for a moderator.
     *
     * @param reasons at least one
     * @param rules the names of those that hit, the first one first
     */
    record Hold(List<Reason> reasons, List<String> rules) implements Disposition {}

    /** It does not pass, and its author is told why. */
    record Reject(Reason reason) implements Disposition {}

    /**
     * It does not pass, silently.
     *
     * @param rule the name of the one that hit
     */
    record Discard(String rule, Reason reason) implements Disposition {}
}
