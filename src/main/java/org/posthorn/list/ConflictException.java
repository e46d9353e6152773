package org.posthorn.list;

/** Someone else has changed it since it was read; nothing was changed now. */
public class ConflictException extends RefusedException {

    public ConflictException(String what) {
        super(shown(what) + " has been changed by someone else meanwhile");
    }
}
