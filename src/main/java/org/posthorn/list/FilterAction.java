package org.posthorn.list;

/** What happens to a message of which the content filter leaves nothing. */
public enum FilterAction {
    HOLD,
    REJECT,
    DISCARD,
    ACCEPT,
    DEFER,
    FORWARD,
    PRESERVE
}
