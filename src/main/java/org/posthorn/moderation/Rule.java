package org.posthorn.moderation;

/** Looks at a post and answers hit or miss, no more: what a hit leads to stands in {@link Chains}. Has no state. */
public interface Rule {

    /** Mailman's name of the rule: it stands in traces, in held messages and in REST. */
    String name();

    /** @return the verdict; a rule that cannot judge misses */
    Verdict check(IncomingPost post);
}
