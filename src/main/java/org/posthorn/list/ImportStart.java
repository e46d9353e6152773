package org.posthorn.list;

import java.util.List;

/**
 * Where an import begins: at a file's first row, or behind what an earlier run of the same file did.
 *
 * @param rows so many behind the header row are passed over
 * @param before what became of them
 */
public record ImportStart(long rows, ImportReport before) {

    public static final ImportStart FIRST_ROW = new ImportStart(0, new ImportReport(0, 0, 0, 0, List.of()));
}
