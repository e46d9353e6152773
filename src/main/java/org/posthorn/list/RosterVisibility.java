package org.posthorn.list;

/** Who may see the roster. */
public enum RosterVisibility {
    MODERATORS,
    MEMBERS,
    PUBLIC
}
