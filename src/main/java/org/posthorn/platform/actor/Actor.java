package org.posthorn.platform.actor;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who acts.
 *
 * @param name what they signed in as; for the trace and the audit log
 * @param subscriber the person's id, or null where it is none (the system, a service account, nobody)
 * @param scopes a service account's; empty for people, whose rights on lists come from their roles
 */
public record Actor(Via via, String name, Long subscriber, boolean serverOwner, Set<Scope> scopes) {

    /** What no request asked for. May do everything. */
    public static final Actor SYSTEM = new Actor(Via.SYSTEM, "system", null, true, Set.of());

    public Actor {
        scopes = Set.copyOf(scopes);
    }

    /** Somebody who has not said who they are. */
    public static Actor anonymous(Via via) {
        return new Actor(via, "anonymous", null, false, Set.of());
    }

    public static Actor person(Via via, String name, long subscriber, boolean serverOwner) {
        return new Actor(via, name, subscriber, serverOwner, Set.of());
    }

    public static Actor service(String name, Set<Scope> scopes) {
        return new Actor(Via.REST, name, null, false, scopes);
    }

    /** @return whether they have the right everywhere, whatever their roles on lists */
    public boolean mayEverywhere(Right right) {
        return serverOwner || right.scopes().stream().anyMatch(scopes::contains);
    }

    /** @return whether they may give all of these scopes to another: nobody gives more than they have */
    public boolean mayGive(Set<Scope> given) {
        return serverOwner || scopes.containsAll(given);
    }

    /** @return whether there is nothing that they may not do, so that they may make others who may do everything */
    public boolean mayEverything() {
        return mayGive(EnumSet.allOf(Scope.class));
    }
}
