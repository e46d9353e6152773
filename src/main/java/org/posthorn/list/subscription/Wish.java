package org.posthorn.list.subscription;

import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;

/**
 * Who is to join, and what is known already.
 *
 * @param email as its owner writes it; not looked at when there is a subscriber
 * @param subscriberId joins as this user, whose preferred address is followed; null: as an address
 * @param displayName may be null
 * @param deliveryMode null: left open
 * @param deliveryStatus null: left open
 * @param verified the address is known to be read by its owner
 * @param confirmed the owner is known to want this
 * @param approved no moderator needs to be asked
 * @param invitation the owner is asked by an invitation, and no moderator any more
 * @param welcome whether to send a welcome message; null: as the list has it
 */
public record Wish(
        String email,
        Long subscriberId,
        String displayName,
        DeliveryMode deliveryMode,
        DeliveryStatus deliveryStatus,
        boolean verified,
        boolean confirmed,
        boolean approved,
        boolean invitation,
        Boolean welcome) {

    /** An administrator's word, after which nobody is asked. @param welcome null: as the list has it */
    public static Wish granted(String email, String displayName, Boolean welcome) {
        return new Wish(email, null, displayName, null, null, true, true, true, false, welcome);
    }

    /** A stranger's word, for which everybody is asked whom the list's policy names. */
    public static Wish asked(String email, String displayName) {
        return new Wish(email, null, displayName, null, null, false, false, false, false, null);
    }
}
