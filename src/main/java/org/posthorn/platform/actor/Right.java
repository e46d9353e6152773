package org.posthorn.platform.actor;

/** What an operation takes. A server owner has all of them, on every list. */
public enum Right {
    SEE_MEMBERS(true, Scope.READ),
    /** Decide about what waits: held messages, requests to join or leave. */
    MODERATE(true, Scope.MODERATION),
    CHANGE_MEMBERS(true, Scope.MEMBERS),
    CHANGE_LIST(true, Scope.LISTS),
    DELETE_LIST(true, Scope.LISTS),
    /** Domains, and new lists. */
    CHANGE_DOMAINS(false, Scope.LISTS),
    /** People and their addresses, beyond one's own. */
    CHANGE_USERS(false, Scope.MEMBERS),
    SEE_SITE(false, Scope.READ),
    OPERATE_SITE(false, Scope.SITE);

    private final boolean ofList;
    private final Scope scope;

    Right(boolean ofList, Scope scope) {
        this.ofList = ofList;
        this.scope = scope;
    }

    /** @return whether it is one for a certain list, which the operation names */
    public boolean isOfList() {
        return ofList;
    }

    /** @return what gives it to a service account */
    public Scope scope() {
        return scope;
    }
}
