package org.posthorn.list;

/** What joining or leaving takes. */
public enum SubscriptionPolicy {
    OPEN,
    CONFIRM,
    MODERATE,
    CONFIRM_THEN_MODERATE
}
