package org.posthorn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.posthorn.platform.DatabaseException;

class TestDatabasesTest {

    @BothDatabases
    void eachTestHasAMigratedDatabaseOfItsOwn(TestDatabase database) {
        assertThat(count(database)).isZero();
        insert(database);
        assertThat(count(database)).isEqualTo(1);
        try (TestDatabase other = (database.isPostgreSql() ? TestDatabases.POSTGRESQL : TestDatabases.H2).fresh()) {
            assertThat(count(other)).isZero();
        }
    }

    @BothDatabases
    void aTransactionThatThrowsLeavesNothing(TestDatabase database) {
        Runnable work = () -> {
            insert(database);
            assertThat(count(database)).isEqualTo(1);
            throw new IllegalArgumentException("no");
        };
        assertThatThrownBy(() -> database.inTransaction(work)).isInstanceOf(IllegalArgumentException.class);
        assertThat(count(database)).isZero();
    }

    /** Databases are used again: nothing of one test may reach the next. */
    @BothDatabases
    void whatATestLeavesShouldNotReachTheNext(TestDatabase database) {
        TestDatabases product = database.isPostgreSql() ? TestDatabases.POSTGRESQL : TestDatabases.H2;
        long first;
        try (TestDatabase one = product.fresh()) {
            first = one.ids().next();
            for (int i = 0; i < 3000; i++) {
                one.ids().next();
            }
            insert(one);
            one.sql().update("insert into domain (id, mail_host, version) values (1, 'example.org', 1)");
        }
        try (TestDatabase next = product.fresh()) {
            assertThat(count(next)).isZero();
            assertThat(next.sql().list("select id from domain", row -> row.getLong(1)))
                    .isEmpty();
            assertThat(next.ids().next()).isEqualTo(first);
            next.sql().update("create table left_behind (id bigint)");
            next.sql().update("alter table site_setting add column left_behind bigint");
        }
        try (TestDatabase last = product.fresh()) {
            assertThatThrownBy(() -> last.sql().list("select 1 from left_behind", row -> row.getLong(1)))
                    .isInstanceOf(DatabaseException.class);
            assertThatThrownBy(() -> last.sql().list("select left_behind from site_setting", row -> row.getLong(1)))
                    .isInstanceOf(DatabaseException.class);
        }
    }

    @BothDatabases
    void whoStillHasAConnectionShouldNotReachTheNextTest(TestDatabase database) throws SQLException {
        TestDatabases product = database.isPostgreSql() ? TestDatabases.POSTGRESQL : TestDatabases.H2;
        Connection stray;
        try (TestDatabase one = product.fresh()) {
            stray = one.source().getConnection();
            stray.setAutoCommit(false);
        }
        try (TestDatabase next = product.fresh();
                Connection left = stray) {
            assertThatThrownBy(() -> {
                        try (Statement late = left.createStatement()) {
                            late.execute("insert into site_setting (name, content) values ('late', 'b')");
                            left.commit();
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThat(count(next)).isZero();
        }
    }

    private static void insert(TestDatabase database) {
        database.sql().update("insert into site_setting (name, content) values ('a', 'b')");
    }

    private static int count(TestDatabase database) {
        return database.sql()
                .first("select count(*) from site_setting", row -> row.getInt(1))
                .orElseThrow();
    }
}
