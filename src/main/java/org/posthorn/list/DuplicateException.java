package org.posthorn.list;

/** It is there already. */
public class DuplicateException extends RefusedException {

    /** @param what e.g. "list" */
    public DuplicateException(String what, String value) {
        super("there is already a " + what + " " + shown(value));
    }
}
