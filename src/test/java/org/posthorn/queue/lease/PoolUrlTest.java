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
                assertThat(row.getString(1)).isEqualTo("30s");
            }
        }
    }

    @Test
    void databaseThatSaysNothingMoreShouldNotBeWaitedForForEver() {
        String url = url("jdbc:postgresql://db/posthorn");

        assertThat(url)
                .contains("socketTimeout=90")
                .contains("tcpKeepAlive=true")
                .contains("?")
                .doesNotContain("&&");
        assertThat(url("jdbc:postgresql://db/posthorn?sslmode=verify-full&socketTimeout=7&tcpKeepAlive=false"))
                .as("what the URL says itself stands")
                .contains("sslmode=verify-full", "socketTimeout=7", "tcpKeepAlive=false")
                .doesNotContain("socketTimeout=90", "tcpKeepAlive=true");
    }

    private static String url(String given) {
        return new Settings.Database(given, "posthorn", "").poolUrl();
    }
}
