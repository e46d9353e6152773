package org.posthorn.list;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Counts an import as it goes, and keeps the first errors. */
final class ImportTally {

    private static final int MOST_ERRORS = 100;

    private final List<RowError> errors = new ArrayList<>();
    private long added;
    private long updated;
    private long skipped;
    private long failed;

    /** @param before what is counted already */
    ImportTally(ImportReport before) {
        added = before.added();
        updated = before.updated();
        skipped = before.skipped();
        failed = before.failed();
        errors.addAll(before.errors());
    }

    void add(Stored stored) {
        added += stored.added();
        updated += stored.updated();
        skipped += stored.skipped();
        stored.errors().forEach(this::failed);
    }

    void failed(RowError error) {
        failed++;
        if (errors.size() < MOST_ERRORS) {
            errors.add(error);
        }
    }

    /** The reading ends here, which must show even after a hundred other errors. */
    void ended(RowError error) {
        failed++;
        if (errors.size() == MOST_ERRORS) {
            errors.remove(MOST_ERRORS - 1);
        }
        errors.add(error);
    }

    ImportReport report() {
        List<RowError> sorted = new ArrayList<>(errors);
        sorted.sort(Comparator.comparingLong(RowError::line));
        return new ImportReport(added, updated, skipped, failed, sorted);
    }

    /** What a batch came to. */
    record Stored(int added, int updated, int skipped, List<RowError> errors) {}
}
