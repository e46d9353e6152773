package org.posthorn.list.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.posthorn.list.ImportReport;

/**
 * An import as it is now.
 *
 * @param actor who began it
 * @param problem null where there is none
 * @param readRows so many are done
 * @param readBytes how much of the file that is
 * @param report what became of them
 * @param startedAt null: no node has taken it up yet
 * @param endedAt null: it has not ended
 */
public record ImportView(
        long id,
        String actor,
        String fileName,
        long fileBytes,
        ImportState state,
        ImportProblem problem,
        long readRows,
        long readBytes,
        ImportReport report,
        Instant begunAt,
        Instant startedAt,
        Instant endedAt) {

    /** From 0 to 100. */
    public int percent() {
        if (state == ImportState.DONE) {
            return 100;
        }
        return fileBytes == 0 ? 0 : (int) Math.min(99, readBytes * 100 / fileBytes);
    }

    /** @return how long it will take from now on, if it goes on as until now; empty: that cannot be told yet */
    public Optional<Duration> remaining(Instant now) {
        if (state != ImportState.RUNNING || startedAt == null || readBytes == 0) {
            return Optional.empty();
        }
        long spent = Math.max(0, Duration.between(startedAt, now).toMillis());
        return Optional.of(Duration.ofMillis((long) ((double) spent / readBytes * Math.max(0, fileBytes - readBytes))));
    }
}
