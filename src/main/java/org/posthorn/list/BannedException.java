package org.posthorn.list;

/** The address may not join. */
public class BannedException extends RefusedException {

    public BannedException(String email) {
        super("the address is banned: " + shown(email));
    }
}
