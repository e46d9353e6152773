package org.posthorn.testing;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Schema;
import org.posthorn.platform.Sql;
import org.posthorn.platform.audit.AuditEntry;
import org.posthorn.platform.audit.AuditFilter;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditReader;

/**
 * A migrated database for one test. Its data source behaves as the container's does: within {@link #inTransaction} all
 * calls of a thread work on one connection, outside of it each statement commits by itself.
 */
public final class TestDatabase implements AutoCloseable {

    private static final int MOST_CONNECTIONS = 40;

    private final String name;
    private final Dialect dialect;
    private final String url;
    private final String user;
    private final String password;
    private final JdbcConnectionPool pool;
    private final ThreadBoundSource source;
    private final Runnable drop;

    TestDatabase(
            String name,
            Dialect dialect,
            String url,
            String user,
            String password,
            ConnectionPoolDataSource connections,
            Runnable drop) {
        this.name = name;
        this.dialect = dialect;
        this.url = url;
        this.user = user;
        this.password = password;
        this.pool = JdbcConnectionPool.create(connections);
        this.pool.setMaxConnections(MOST_CONNECTIONS);
        this.source = new ThreadBoundSource(pool);
        this.drop = drop;
    }

    void migrate() {
        Schema.migrate(pool, dialect);
    }

    /** @return connections that take part in the thread's transaction */
    public DataSource source() {
        return source;
    }

    public Sql sql() {
        return new Sql(source);
    }

    public Ids ids() {
        return new Ids(sql(), isPostgreSql());
    }

    public Dialect dialect() {
        return dialect;
    }

    /** The audit log by the system's clock. */
    public AuditLog audit() {
        return new AuditLog(sql(), ids(), Clock.systemUTC());
    }

    /** Everything that the audit log says, the latest first. */
    public List<AuditEntry> audited() {
        return new AuditReader(sql()).page(AuditFilter.ALL, null, 1000);
    }

    public boolean isPostgreSql() {
        return dialect == Dialect.POSTGRESQL;
    }

    /** For other processes. */
    public String url() {
        return url;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /**
     * Runs the work in one transaction of this thread, as JTA would: committed at the end, rolled back when it throws.
     *
     */
    public <T> T inTransaction(Callable<T> work) {
        return source.inTransaction(work);
    }

    /** The same for work without a result. */
    public void inTransaction(Runnable work) {
        source.inTransaction(() -> {
            work.run();
            return null;
        });
    }

    @Override
    public void close() {
        try {
            pool.dispose();
        } finally {
            drop.run();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
