package org.posthorn.list;

/** Who gets the bounces that no recogniser understands. */
public enum UnrecognizedBounces {
    DISCARD,
    ADMINISTRATORS,
    SITE_OWNER
}
