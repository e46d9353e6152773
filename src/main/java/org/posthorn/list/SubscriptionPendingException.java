package org.posthorn.list;

/** A request of the same kind, for the same address and list, waits already: nobody is asked twice. */
public class SubscriptionPendingException extends RefusedException {

    public SubscriptionPendingException(String email) {
        super("there is a pending request already for " + shown(email));
    }
}
