package org.posthorn.platform.actor;

import java.util.Set;

/** What an operation takes. A server owner has all of them, on every list. */
public enum Right {
    SEE_MEMBERS(true, Scope.READ, Scope.MODERATION, Scope.MEMBERS),
    /** Decide about what waits: held messages, requests to join or leave. */
    MODERATE(true, Scope.MODERATION),
    CHANGE_MEMBERS(true, Scope.MEMBERS),
    CHANGE_LIST(true, Scope.LISTS),
    DELETE_LIST(true, Scope.LISTS),
    /** Domains, and new lists. */
    CHANGE_DOMAINS(false, Scope.LISTS),
    /** People and their addresses, beyond one's own. */
    CHANGE_USERS(false, Scope.MEMBERS),
    SEE_SITE(false, Scope.READ, Scope.SITE),
    OPERATE_SITE(false, Scope.SITE);

    private final boolean ofList;
    private final Set<Scope> scopes;

    Right(boolean ofList, Scope... scopes) {
        this.ofList = ofList;
        this.scopes = Set.of(scopes);
    }

    /** @return whether it is one for a certain list, which the operation names */
    public boolean isOfList() {
        return ofList;
    }

    /** @return each of which gives it to a service account */
    public Set<Scope> scopes() {
        return scopes;
    }
}
