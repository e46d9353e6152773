package org.posthorn.list;

/** How the newsgroup is moderated. */
public enum NewsgroupModeration {
    NONE,
    OPEN_MODERATED,
    MODERATED
}
