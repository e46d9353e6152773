package org.posthorn.queue.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** What the pool's URL asks of PostgreSQL is what PostgreSQL does. */
class PoolUrlTest {

    @Test
    void sessionsOfThePoolMayNotIdleInATransactionForLong() throws SQLException {
        try (TestDatabase database = TestDatabases.POSTGRESQL.fresh()) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setURL(new Settings.Database(database.url(), database.user(), database.password()).poolUrl());
            source.setUser(database.user());
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery("show idle_in_transaction_session_timeout")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("2min");
            }
        }
    }
}
