package org.posthorn.ingress;

import java.io.IOException;
import java.sql.SQLException;
import org.posthorn.platform.DatabaseException;

/** What a failed commit means, however deep the container has wrapped its cause. */
final class CommitFailure {

    /** H2: reading or writing its file failed. */
    private static final String H2_IO = "9002890031";

    private CommitFailure() {}

    /** What the client is told: 452 when room is short, else 451. */
    static Reply reply(RuntimeException failure) {
        return isShortOfRoom(failure) ? Reply.NO_ROOM : Reply.TRY_LATER;
    }

    /** Whether the next one would fail as well: nothing to do with what was being stored. */
    static boolean isOutage(RuntimeException failure) {
        return DatabaseException.isPassing(failure);
    }

    /** Whether another node was quicker with the same message: tried again, it is known for a duplicate. */
    static boolean isRace(RuntimeException failure) {
        return DatabaseException.isConstraintViolation(failure);
    }

    private static boolean isShortOfRoom(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return e.getSQLState().startsWith("53") || H2_IO.contains(e.getSQLState());
            }
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }
}
