package org.posthorn.moderation;

/** A rule's answer. */
public sealed interface Verdict {

    /** Nothing to object to. */
    record Miss() implements Verdict {}

    /** @param reason a sentence for the author and the moderators, in English */
    record Hit(String reason) implements Verdict {}

    Verdict MISS = new Miss();

    /** @return a hit with the reason if it is so, else a miss */
    static Verdict hitIf(boolean so, String reason) {
        return so ? new Hit(reason) : MISS;
    }
}
