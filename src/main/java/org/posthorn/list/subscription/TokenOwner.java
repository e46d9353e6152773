package org.posthorn.list.subscription;

/** Whose word a request waits for. */
public enum TokenOwner {
    /** Nobody's: it is done. */
    NO_ONE,
    SUBSCRIBER,
    MODERATOR
}
