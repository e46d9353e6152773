package org.posthorn.privacy;

import java.util.List;

/**
 * Whom it is about.
 *
 * @param subscriberId null: nobody is known by this address, but it may have posted
 * @param addresses in lower case, the one that was asked for first; at least that
 */
public record Person(Long subscriberId, boolean serverOwner, List<String> addresses) {

    /** One person has no more addresses than this; what goes beyond is left out, and the erasure says it is not complete. */
    static final int MOST_ADDRESSES = 200;

    public Person {
        addresses = List.copyOf(addresses);
    }
}
