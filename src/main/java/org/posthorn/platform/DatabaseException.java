package org.posthorn.platform;

import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/** The database said no, or did not answer. */
public class DatabaseException extends RuntimeException {

    private static final int MOST_CAUSES = 30;

    public DatabaseException(SQLException cause) {
        super(cause);
    }

    /** Whether a unique or foreign key stood against it. */
    public boolean isConstraintViolation() {
        return isConstraintViolation(this);
    }

    /** The same for an exception of another layer, e.g. of JPA. */
    public static boolean isConstraintViolation(Throwable error) {
        SQLException cause = sqlCause(error);
        return cause != null && (cause instanceof SQLIntegrityConstraintViolationException || begins(cause, "23"));
    }

    /**
     * Whether the same may work later: the connection was lost or not to be had, a lock was waited for in vain, the
     * server is going down. Not the fault of what was being worked on.
     */
    public boolean isPassing() {
        return isPassing(this);
    }

    /**
     * The same for an exception of another layer. An exception without a cause in the database is not passing, unless the
     * transaction manager could not commit and knows no more than that: the database left in that moment.
     */
    public static boolean isPassing(Throwable error) {
        SQLException cause = sqlCause(error);
        if (cause == null) {
            return isCommitLeftOpen(error);
        }
        if (begins(cause, "23") || begins(cause, "22") || begins(cause, "42")) {
            return false;
        }
        return cause.getSQLState() == null // the pool's own refusal
                || cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLNonTransientConnectionException
                || begins(
                        cause, "08", "25P03", "40", "53", "55", "57", "90",
                        "HYT"); // 25P03: idled too long; 90: H2's closed, timed out, broken
    }

    private static boolean isCommitLeftOpen(Throwable error) {
        return causes(error).anyMatch(SystemException.class::isInstance);
    }

    /** @return the innermost SQLException that has a state, else any */
    private static SQLException sqlCause(Throwable error) {
        return causes(error)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .reduce((outer, inner) -> inner.getSQLState() == null ? outer : inner)
                .orElse(null);
    }

    /** The error and its causes, to a bound: they can go round. */
    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }

    private static boolean begins(SQLException error, String... prefixes) {
        String state = error.getSQLState();
        return state != null && Arrays.stream(prefixes).anyMatch(state::startsWith);
    }
}
