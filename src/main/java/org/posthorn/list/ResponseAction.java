package org.posthorn.list;

/** Whether an automatic response is sent, and whether the message goes on. */
public enum ResponseAction {
    NONE,
    RESPOND_AND_DISCARD,
    RESPOND_AND_CONTINUE
}
