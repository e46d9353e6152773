package org.posthorn.list.subscription;

import java.time.Instant;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.SubscriptionPolicy;

/**
 * A request to join or leave that waits for somebody's word.
 *
 * @param token names it to moderators and REST; a new one each time it changes hands
 * @param owner whose word it waits for
 * @param email the address in lower case
 * @param originalEmail as its owner wrote it
 * @param subscriberId joins as this user; null: as an address
 * @param verified the address needs no proof any more
 * @param confirmed the subscriber agreed, or need not
 * @param approved a moderator agreed, or need not
 * @param welcome null: as the list has it
 * @param madeAddress the address's row was made for this request
 */
public record PendingRequest(
        long id,
        String token,
        long listId,
        RequestType type,
        TokenOwner owner,
        String email,
        String originalEmail,
        Long subscriberId,
        String displayName,
        DeliveryMode deliveryMode,
        DeliveryStatus deliveryStatus,
        boolean verified,
        boolean confirmed,
        boolean approved,
        boolean invitation,
        Boolean welcome,
        boolean madeAddress,
        Instant requestedAt,
        Instant expiresAt) {

    /** @return whose word is wanted next under this policy */
    TokenOwner next(SubscriptionPolicy policy) {
        boolean toConfirm = policy == SubscriptionPolicy.CONFIRM || policy == SubscriptionPolicy.CONFIRM_THEN_MODERATE;
        boolean toModerate =
                policy == SubscriptionPolicy.MODERATE || policy == SubscriptionPolicy.CONFIRM_THEN_MODERATE;
        if (!verified || !confirmed && (toConfirm || invitation)) {
            return TokenOwner.SUBSCRIBER;
        }
        return toModerate && !approved ? TokenOwner.MODERATOR : TokenOwner.NO_ONE;
    }

    /** The subscriber, or somebody in their stead, agreed. */
    PendingRequest agreed() {
        return with(token, owner, true, true, approved, expiresAt);
    }

    PendingRequest approve() {
        return with(token, owner, verified, confirmed, true, expiresAt);
    }

    PendingRequest waitFor(TokenOwner next, String newToken, Instant until) {
        return with(newToken, next, verified, confirmed, approved, until);
    }

    private PendingRequest with(
            String token, TokenOwner owner, boolean verified, boolean confirmed, boolean approved, Instant expiresAt) {
        return new PendingRequest(
                id,
                token,
                listId,
                type,
                owner,
                email,
                originalEmail,
                subscriberId,
                displayName,
                deliveryMode,
                deliveryStatus,
                verified,
                confirmed,
                approved,
                invitation,
                welcome,
                madeAddress,
                requestedAt,
                expiresAt);
    }
}
