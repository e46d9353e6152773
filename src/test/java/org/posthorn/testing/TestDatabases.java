package org.posthorn.testing;

import java.nio.file.Path;
import javax.sql.ConnectionPoolDataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.posthorn.platform.Dialect;

/** The database products that Posthorn runs on; each gives as many fresh, migrated databases as the tests want. */
public enum TestDatabases {
    /** In memory, in this process. */
    H2 {
        @Override
        public TestDatabase fresh() {
            String url = H2Databases.ofProcess().take();
            return h2At(url, () -> H2Databases.ofProcess().giveBack(url));
        }
    },
    /** A real server in a temporary folder, started at the first use and once for this process. */
    POSTGRESQL {
        @Override
        public TestDatabase fresh() {
            PostgreSqlServer server = PostgreSqlServer.running();
            String name = server.take();
            return new TestDatabase(
                    "PostgreSQL",
                    Dialect.POSTGRESQL,
                    server.url(name),
                    PostgreSqlServer.USER,
                    "",
                    server.source(name),
                    () -> server.giveBack(name));
        }
    };

    /** @return an empty, migrated database; closing it drops it */
    public abstract TestDatabase fresh();

    /**
     * An H2 database in a file, as the product has it.
     *
     * @param file without the suffix that H2 adds; made and migrated if it is not there yet
     */
    public static TestDatabase h2File(Path file) {
        return h2Migrated(
                "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=20000");
    }

    /** A database on PostgreSQL that another process made: migrated already, and not dropped. */
    public static TestDatabase postgreSqlAt(String url) {
        return new TestDatabase(
                "PostgreSQL", Dialect.POSTGRESQL, url, PostgreSqlServer.USER, "", postgreSql(url), () -> {});
    }

    static TestDatabase h2Migrated(String url) {
        TestDatabase database = h2At(url, () -> {});
        database.migrate();
        return database;
    }

    private static TestDatabase h2At(String url, Runnable drop) {
        JdbcDataSource source = new JdbcDataSource();
        source.setUrl(url);
        source.setUser(H2Databases.USER);
        source.setPassword("");
        return new TestDatabase("H2", Dialect.H2, url, H2Databases.USER, "", (ConnectionPoolDataSource) source, drop);
    }

    static ConnectionPoolDataSource postgreSql(String url) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(url);
        source.setUser(PostgreSqlServer.USER);
        source.setPassword("");
        source.setDefaultAutoCommit(true);
        return source;
    }
}
