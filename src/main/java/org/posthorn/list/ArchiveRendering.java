package org.posthorn.list;

/** How the archive shows a post. */
public enum ArchiveRendering {
    TEXT,
    MARKDOWN
}
