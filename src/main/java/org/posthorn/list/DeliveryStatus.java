package org.posthorn.list;

/** Whether a member receives posts, and if not, who stopped it. */
public enum DeliveryStatus {
    ENABLED,
    BY_USER,
    BY_BOUNCES,
    BY_MODERATOR,
    UNKNOWN
}
