package org.posthorn.list;

/** What is done with a post. */
public enum Action {
    ACCEPT,
    HOLD,
    REJECT,
    DISCARD,
    DEFER
}
