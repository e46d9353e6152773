package org.posthorn.list.imports;

/** Why an import ended before its file did. */
public enum ImportProblem {
    /** Who began it may not change this list's members any more. */
    DENIED,
    /** It failed time after time at the same rows. */
    BROKEN
}
