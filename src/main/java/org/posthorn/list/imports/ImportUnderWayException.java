package org.posthorn.list.imports;

/** A list's members are imported once at a time: two files at once would be a mistake, and undo each other's changes. */
public class ImportUnderWayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long importId;

    public ImportUnderWayException(long importId) {
        super("import " + importId + " of this list is under way");
        this.importId = importId;
    }

    /** The one that is under way. */
    public long importId() {
        return importId;
    }
}
