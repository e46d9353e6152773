package org.posthorn.platform.actor;

/** What a service account may do, on the whole site. */
public enum Scope {
    /** Look at everything but secrets. */
    READ,
    /** Decide about held messages and requests. */
    MODERATION,
    /** Change members, users and addresses. */
    MEMBERS,
    /** Make, change and delete lists and domains. */
    LISTS,
    /** Queues, smarthosts, nodes, accounts: what a postmaster does. */
    SITE
}
