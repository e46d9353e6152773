package org.posthorn.console.signin;

import jakarta.security.enterprise.CallerPrincipal;
import org.posthorn.list.signin.Session;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;

/** Somebody who has signed in. */
public class Visitor extends CallerPrincipal {

    private static final long serialVersionUID = 2;

    private final Session session;
    private final boolean serverOwner;

    public Visitor(Session session, boolean serverOwner) {
        super(session.name());
        this.session = session;
        this.serverOwner = serverOwner;
    }

    /** The sign-in that they come from. */
    public Session session() {
        return session;
    }

    public long getSubscriberId() {
        return session.subscriberId();
    }

    public boolean isServerOwner() {
        return serverOwner;
    }

    public Actor actor() {
        return Actor.person(Via.CONSOLE, getName(), getSubscriberId(), serverOwner);
    }
}
