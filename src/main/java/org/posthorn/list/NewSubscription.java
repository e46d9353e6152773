package org.posthorn.list;

/**
 * What is asked for when an address is to have a role on a list.
 *
 * @param listId the list's row
 * @param email the address as its owner writes it
 * @param displayName may be null
 * @param role one of four
 * @param deliveryMode null: left open
 * @param deliveryStatus null: left open
 * @param verified whether the address is known to be read by its owner
 */
public record NewSubscription(
        long listId,
        String email,
        String displayName,
        Role role,
        DeliveryMode deliveryMode,
        DeliveryStatus deliveryStatus,
        boolean verified) {

    public static NewSubscription of(long listId, String email, String displayName, Role role) {
        return new NewSubscription(listId, email, displayName, role, null, null, true);
    }
}
