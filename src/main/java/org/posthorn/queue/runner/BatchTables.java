package org.posthorn.queue.runner;

import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Dialect;

/**
 * Has the batch runtime make the tables of its job repository, which it does when it is first asked for anything: it looks
 * for each table and makes the one that it does not find, without a lock. Of two nodes that begin over an empty database
 * side by side one would find the other's half made and log errors. So each asks for it once, at its start, under a lock of
 * the database.
 *
 * <p>And so the database is there when it is first asked for: where it was not, the container gave this process a repository
 * that keeps nothing, and each start of a runner failed until the process ended.
 */
public final class BatchTables {

    /** A number of our own among the advisory locks of this database: "jbatch". */
    public static final long LOCK = 0x6a6261746368L;

    private static final String LONGEST_WAIT = "30s";

    /** The repository counts from 1. */
    private static final long NO_EXECUTION = -1;

    private static final int ANSWER_SECONDS = 5;
    private static final String CONNECTION_FAILURE = "08006";

    private BatchTables() {}

    /**
     * To be called before the first job, outside of a transaction. An embedded database is one process's alone: no lock.
     *
     * @throws DatabaseException when the database is away, or another node has held the lock for half a minute
     * @throws IllegalStateException when the batch runtime will have no repository as long as this process lives
     */
    public static void make(DataSource source, Dialect dialect) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (dialect == Dialect.POSTGRESQL) {
                    lock(connection);
                }
                ask(connection);
            } finally {
                connection.rollback(); // it held the lock, and no more
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Goes with the transaction, and so with a node that dies. */
    private static void lock(Connection connection) throws SQLException {
        try (Statement limit = connection.createStatement();
                PreparedStatement lock = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            limit.execute("set local lock_timeout = '" + LONGEST_WAIT + "'");
            lock.setLong(1, LOCK);
            lock.execute();
        }
    }

    private static void ask(Connection connection) throws SQLException {
        try {
            requireRepository(BatchRuntime.getJobOperator());
        } catch (RuntimeException | Error e) {
            if (!connection.isValid(ANSWER_SECONDS)) {
                throw new SQLException("the database left while the batch runtime began", CONNECTION_FAILURE, e);
            }
            throw new IllegalStateException(
                    "the batch runtime has no repository; this process cannot start runners", e);
        }
    }

    /** It knows that there is no such execution, or it knows nothing. */
    static void requireRepository(JobOperator operator) {
        try {
            throw new IllegalStateException(
                    "execution " + NO_EXECUTION + " is " + operator.getJobExecution(NO_EXECUTION));
        } catch (NoSuchJobExecutionException e) {
            // as it should be
        }
    }
}
