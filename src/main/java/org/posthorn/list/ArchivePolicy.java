package org.posthorn.list;

/** Who may read the archive. */
public enum ArchivePolicy {
    NEVER,
    PRIVATE,
    PUBLIC
}
