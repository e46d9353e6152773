package org.posthorn.console.signin;

import jakarta.security.enterprise.CallerPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.posthorn.list.signin.Session;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;

/** Somebody who has signed in. */
public class Visitor extends CallerPrincipal {

    private static final long serialVersionUID = 2;
    private static final String NAME = "org.posthorn.console.visitor";

    private final Session session;
    private final boolean serverOwner;

    public Visitor(Session session, boolean serverOwner) {
        super(session.name());
        this.session = session;
        this.serverOwner = serverOwner;
    }

    /** Notes in the session who signed in: a node that takes it over from another has no principal of it, but this. */
    static void keep(HttpServletRequest request) {
        if (request.getUserPrincipal() instanceof Visitor visitor) {
            request.getSession().setAttribute(NAME, visitor);
        }
    }

    /** @return who signed in in this session, whichever node it began on; {@code SignIn} says whether they still may */
    public static Optional<Visitor> of(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(NAME) instanceof Visitor visitor
                ? Optional.of(visitor)
                : Optional.empty();
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
