package org.posthorn.moderation;

import org.posthorn.list.Action;

/** A rule's answer. */
public sealed interface Verdict {

    /** Nothing to object to. */
    record Miss() implements Verdict {}

    /**
     * @param reason for the author and the moderators
     * @param action what to do, where that is not the rule's but the list's own choice; {@link Action#DEFER}: the chain
     *     knows
     * @param note what else the trace should say, such as which of many entries it was; empty for nothing
     */
    record Hit(Reason reason, Action action, String note) implements Verdict {

        public Hit(Reason reason) {
            this(reason, Action.DEFER, "");
        }
    }

    Verdict MISS = new Miss();

    /** @return a hit with the reason if it is so, else a miss */
    static Verdict hitIf(boolean so, Reason reason) {
        return so ? new Hit(reason) : MISS;
    }
}
