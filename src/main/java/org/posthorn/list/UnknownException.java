package org.posthorn.list;

/** What was named is not there. */
public class UnknownException extends RefusedException {

    /** @param what e.g. "list" */
    public UnknownException(String what, Object value) {
        super("there is no " + what + " " + shown(value));
    }
}
