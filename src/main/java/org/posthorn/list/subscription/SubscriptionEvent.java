package org.posthorn.list.subscription;

/** What happens to those who join and leave, told within the transaction in which it happens. */
public sealed interface SubscriptionEvent {

    long listId();

    /**
     * The subscriber is to be asked.
     *
     * @param email as its owner writes it
     * @param secret what confirms, for nobody else's eyes
     */
    record SubscriberAsked(long listId, RequestType type, boolean invitation, String email, String secret)
            implements SubscriptionEvent {
        @Override
        public String toString() {
            return "SubscriberAsked[listId=" + listId + ", type=" + type + "]";
        }
    }

    /** Moderators are to be asked. @param displayName may be null */
    record ModeratorsAsked(long listId, RequestType type, String email, String displayName)
            implements SubscriptionEvent {}

    /** A moderator said no, and wants it known. @param reason may be empty */
    record RequestRejected(long listId, RequestType type, String email, String reason) implements SubscriptionEvent {}

    /** @param displayName may be null; @param welcome whether the member is to be welcomed */
    record MemberJoined(long listId, String email, String displayName, boolean welcome) implements SubscriptionEvent {}

    /** @param displayName may be null */
    record MemberLeft(long listId, String email, String displayName) implements SubscriptionEvent {}
}
