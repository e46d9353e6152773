package org.posthorn.list.subscription;

/** What is asked for. */
public enum RequestType {
    SUBSCRIPTION,
    UNSUBSCRIPTION
}
