package org.posthorn.list;

/** Whether a membership stays with an address, or follows its subscriber's preferred address. */
public enum SubscriptionMode {
    AS_ADDRESS,
    AS_USER
}
