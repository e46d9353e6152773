package org.posthorn.console.signin;

import jakarta.security.enterprise.CallerPrincipal;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;

/** Somebody who has signed in. */
public class Visitor extends CallerPrincipal {

    private static final long serialVersionUID = 1;

    private final long subscriberId;
    private final boolean serverOwner;

    public Visitor(String name, long subscriberId, boolean serverOwner) {
        super(name);
        this.subscriberId = subscriberId;
        this.serverOwner = serverOwner;
    }

    public long getSubscriberId() {
        return subscriberId;
    }

    public boolean isServerOwner() {
        return serverOwner;
    }

    public Actor actor() {
        return Actor.person(Via.CONSOLE, getName(), subscriberId, serverOwner);
    }
}
