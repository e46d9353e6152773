package org.posthorn.moderation;

import java.time.Instant;
import java.util.Optional;
import org.posthorn.list.Action;
import org.posthorn.list.MailingList;

/** What moderation asks about senders. Addresses are in lower case. */
public interface People {

    /** @param own the action set for this one alone; empty: the list's default */
    record Known(Optional<Action> own, Instant since) {}

    /** @return the membership of whoever has the address, under this or another of their addresses */
    Optional<Known> member(MailingList list, String email);

    /** @return what is known of a nonmember who has written before, or was entered by an owner */
    Optional<Known> nonmember(MailingList list, String email);

    /** @return whether the address is a member's of the list that has this posting address; false for no such list */
    boolean isMemberOf(String postingAddress, String email);

    /** @return whether the list or the whole site bans the address */
    boolean isBanned(MailingList list, String email);
}
