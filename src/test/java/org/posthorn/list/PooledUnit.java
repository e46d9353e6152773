package org.posthorn.list;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.descriptors.DescriptorEventListener;
import org.eclipse.persistence.sessions.server.ServerSession;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.audit.AuditedEntities;
import org.posthorn.testing.TestDatabase;

/**
 * A persistence unit that one test after the other works with, each on a database of its own: to make one takes longer
 * than most of the tests. Nothing of the former database stays: there is no shared cache, and the ids that were fetched
 * in advance are dropped.
 */
final class PooledUnit implements AutoCloseable {

    private static final Map<Dialect, Deque<PooledUnit>> IDLE = new EnumMap<>(Dialect.class);

    private final Dialect dialect;
    private final Routed source = new Routed();
    private final EntityManagerFactory factory;

    private PooledUnit(TestDatabase database) {
        dialect = database.dialect();
        source.to = database.source();
        factory = Persistence.createEntityManagerFactory("posthorn", properties());
        factory.unwrap(ServerSession.class);
    }

    /** @return a unit that nobody else uses until it is closed */
    static PooledUnit of(TestDatabase database) {
        PooledUnit idle;
        synchronized (IDLE) {
            idle = IDLE.computeIfAbsent(database.dialect(), any -> new ArrayDeque<>())
                    .poll();
        }
        if (idle == null) {
            return new PooledUnit(database);
        }
        idle.source.to = database.source();
        return idle;
    }

    EntityManagerFactory factory() {
        return factory;
    }

    @Override
    public void close() {
        if (source.to == null) {
            return; // closed already
        }
        ServerSession session = factory.unwrap(ServerSession.class);
        session.getSequencingControl().initializePreallocated();
        session.getIdentityMapAccessor().initializeAllIdentityMaps();
        session.getDescriptors().values().forEach(PooledUnit::forgetAudit);
        source.to = null;
        synchronized (IDLE) {
            IDLE.get(dialect).push(this);
        }
    }

    /** The next test's audit log is another one. */
    private static void forgetAudit(ClassDescriptor descriptor) {
        for (DescriptorEventListener listener :
                List.copyOf(descriptor.getEventManager().getEventListeners())) {
            if (listener.getClass().getEnclosingClass() == AuditedEntities.class) {
                descriptor.getEventManager().removeListener(listener);
            }
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        properties.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        properties.put("jakarta.persistence.jtaDataSource", "");
        properties.put("jakarta.persistence.nonJtaDataSource", source);
        properties.put("eclipselink.weaving", "false");
        properties.put("eclipselink.logging.level", "SEVERE"); // it warns of each lazy attribute that it cannot weave
        properties.put("eclipselink.session-name", "test-" + System.identityHashCode(this));
        return properties;
    }

    /** The present test's database. Transactions' ends are that database's matter, as they are JTA's in the container. */
    private static final class Routed implements DataSource {

        private volatile DataSource to;

        @Override
        public Connection getConnection() throws SQLException {
            return withoutEnds(to.getConnection());
        }

        private static Connection withoutEnds(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    PooledUnit.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "commit", "rollback", "setAutoCommit" -> null;
                        default -> call(connection, method, arguments);
                    });
        }

        private static Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            return to.unwrap(type);
        }

        @Override
        public boolean isWrapperFor(Class<?> type) throws SQLException {
            return to.isWrapperFor(type);
        }
    }
}
