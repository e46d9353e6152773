package org.posthorn.list;

import java.util.List;

/**
 * What an import did.
 *
 * @param added rows that made a member
 * @param updated rows that changed one
 * @param skipped rows that said nothing new
 * @param failed rows that were not taken
 * @param errors the first 100 of these, in order; what ended the reading before the file's end is the last
 */
public record ImportReport(long added, long updated, long skipped, long failed, List<RowError> errors) {

    public ImportReport {
        errors = List.copyOf(errors);
    }
}
