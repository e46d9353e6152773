package org.posthorn.list;

/** Nobody could administer the site any more. */
public class LastOwnerException extends RefusedException {

    public LastOwnerException() {
        super("this is the last server owner");
    }
}
