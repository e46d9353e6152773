package org.posthorn.privacy;

import java.util.List;

/**
 * Whom it is about, by some of their addresses: a statement that searches for many of them takes too long.
 *
 * @param subscriberId null: nobody is known by this address, but it may have posted
 * @param addresses in lower case, the one that was asked for first; at least that
 * @param more whether there are further addresses of theirs
 */
public record Person(Long subscriberId, boolean serverOwner, List<String> addresses, boolean more) {

    /** How many addresses a part of a person has at most. */
    static final int ADDRESSES = 20;

    public Person {
        addresses = List.copyOf(addresses);
    }

    /** The same person by these addresses. */
    Person by(List<String> some, boolean andMore) {
        return new Person(subscriberId, serverOwner, some, andMore);
    }

    /** @return what can go now: the address that was asked for stays to the last, so that the person is found by it again */
    Person part() {
        return more ? by(addresses.subList(1, addresses.size()), true) : this;
    }
}
