package org.posthorn.queue.lease;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Sql;

/**
 * One connection that is kept, with plain JDBC transactions on it: a lease must not lapse because the runners have taken
 * the pool's last connection. Opened at the first use, thrown away after any failure, and opened anew with the next.
 * For one thread at a time, outside of JTA transactions.
 */
final class OwnConnection implements AutoCloseable {

    private final DataSource pool;
    private final Duration patience;
    private final Sql sql;
    private Connection connection;
    private int poolsPatience;

    /** @param patience how long a statement may take */
    OwnConnection(DataSource pool, Duration patience) {
        this.pool = pool;
        this.patience = patience;
        this.sql = new Sql(lending(), (int) Math.max(1, patience.toSeconds()));
    }

    /** Statements in the transaction under way. */
    Sql sql() {
        return sql;
    }

    /**
     * Runs the work in one transaction.
     *
     * @throws DatabaseException when the database does not answer or refuses; then nothing was done, unless the answer to
     *     the commit itself was lost
     */
    <T> T inTransaction(Supplier<T> work) {
        boolean done = false;
        try {
            open();
            T result = work.get();
            connection.commit();
            done = true;
            return result;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private void open() throws SQLException {
        if (connection != null) {
            return;
        }
        connection = pool.getConnection();
        connection.setAutoCommit(false);
        try {
            // A server that is gone without a word must not hold this thread for ever.
            poolsPatience = connection.getNetworkTimeout();
            connection.setNetworkTimeout(
                    Runnable::run, (int) patience.multipliedBy(2).toMillis());
        } catch (SQLFeatureNotSupportedException e) {
            // An embedded database has no network.
        }
    }

    /** Rolls back what is under way and gives the connection back to the pool. */
    @Override
    public void close() {
        Connection old = connection;
        connection = null;
        if (old == null) {
            return;
        }
        try (old) {
            old.rollback();
            forgetTimeLimit(old);
            old.setNetworkTimeout(Runnable::run, poolsPatience);
            old.setAutoCommit(true);
        } catch (SQLException e) {
            // It is broken, which is why it is being closed.
        }
    }

    /** H2 keeps a statement's time limit with the session, and whoever has it next would have ours. */
    private static void forgetTimeLimit(Connection old) throws SQLException {
        try (Statement any = old.createStatement()) {
            any.setQueryTimeout(0);
        }
    }

    private DataSource lending() {
        return (DataSource) Proxy.newProxyInstance(
                OwnConnection.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && connection != null) {
                        return unclosable(connection);
                    }
                    throw new SQLFeatureNotSupportedException("only within a transaction of its own");
                });
    }

    private static Connection unclosable(Connection lent) {
        return (Connection) Proxy.newProxyInstance(
                OwnConnection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(lent, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
