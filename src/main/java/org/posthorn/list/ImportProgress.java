package org.posthorn.list;

/** Hears of an import while it is under way. */
@FunctionalInterface
public interface ImportProgress {

    /** Nobody listens. */
    ImportProgress NONE = (rows, report) -> {};

    /**
     * All rows up to here are stored or counted as failed. What this throws breaks the import off, and {@link
     * MemberImport#run(long, java.io.InputStream, boolean, ImportStart, ImportProgress)} throws it on.
     *
     * @param rows how many were read behind the header row, with those of the start
     */
    void stored(long rows, ImportReport soFar);
}
