package org.posthorn.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class PatientSourceTest {

    @Test
    void migrationShouldTakeItsTimeAndLeaveThePoolItsLimit() throws SQLException {
        try (TestDatabase database = TestDatabases.POSTGRESQL.fresh();
                Connection pooled = database.source().getConnection()) {
            pooled.setNetworkTimeout(Runnable::run, 90_000);

            Connection patient = PatientSource.of(lending(pooled)).getConnection();
            assertThat(pooled.getNetworkTimeout()).isZero();
            patient.close();

            assertThat(pooled.getNetworkTimeout()).isEqualTo(90_000);
        }
    }

    /** A pool of one connection, which closing gives back. */
    private static DataSource lending(Connection one) {
        Connection lent = (Connection) Proxy.newProxyInstance(
                PatientSourceTest.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("close") ? null : method.invoke(one, arguments));
        return (DataSource) Proxy.newProxyInstance(
                PatientSourceTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> lent);
    }
}
