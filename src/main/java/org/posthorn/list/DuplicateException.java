package org.posthorn.list;

/** It is there already. */
public class DuplicateException extends RefusedException {

    private final String value;

    /** @param what e.g. "list" */
    public DuplicateException(String what, String value) {
        super("there is already a " + what + " " + shown(value));
        this.value = shown(value);
    }

    /** What is there already, as it may be shown. */
    public String value() {
        return value;
    }
}
