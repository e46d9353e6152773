package org.posthorn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    private static void insert(TestDatabase database) {
        database.sql().update("insert into site_setting (name, content) values ('a', 'b')");
    }

    private static int count(TestDatabase database) {
        return database.sql()
                .first("select count(*) from site_setting", row -> row.getInt(1))
                .orElseThrow();
    }
}
