package org.posthorn.list.imports;

/** How far an import is. */
public enum ImportState {
    /** For a node to take it up, for the first time or again. */
    WAITING,
    RUNNING,
    /** The file was read to its end, or as far as it can be read: then the last error says so. */
    DONE,
    /** Before the file's end; what was stored stays. */
    ENDED;

    public boolean isOver() {
        return this == DONE || this == ENDED;
    }
}
