package org.posthorn.list;

/** What an address is to a list. One address can have several roles on one list, each once. */
public enum Role {
    MEMBER,
    OWNER,
    MODERATOR,
    /** Has posted without being a member; kept for its moderation action. */
    NONMEMBER
}
