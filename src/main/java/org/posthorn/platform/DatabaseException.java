package org.posthorn.platform;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/** The database said no, or did not answer. */
public class DatabaseException extends RuntimeException {

    public DatabaseException(SQLException cause) {
        super(cause);
    }

    /** Whether a unique or foreign key stood against it. */
    public boolean isConstraintViolation() {
        return causedBy(SQLIntegrityConstraintViolationException.class) || stateBegins("23");
    }

    /**
     * Whether the same may work later: the connection was lost or not to be had, a lock was waited for in vain, the
     * server is going down. Not the fault of what was being worked on.
     */
    public boolean isPassing() {
        return causedBy(SQLTransientException.class)
                || causedBy(SQLRecoverableException.class)
                || causedBy(SQLNonTransientConnectionException.class)
                || stateBegins("08")
                || stateBegins("40")
                || stateBegins("53")
                || stateBegins("55")
                || stateBegins("57")
                || stateBegins("90") // H2: closed, timed out, broken
                || stateBegins("HYT")
                || sqlState() == null; // the pool's own refusal
    }

    private String sqlState() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private boolean stateBegins(String prefix) {
        String state = sqlState();
        return state != null && state.startsWith(prefix);
    }

    private boolean causedBy(Class<? extends Throwable> type) {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
