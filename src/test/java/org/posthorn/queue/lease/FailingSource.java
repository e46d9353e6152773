package org.posthorn.queue.lease;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool whose database goes away and comes back; connections that were open when it went stay broken. */
final class FailingSource {

    private volatile int outages;
    private volatile boolean away;
    private volatile Thread stricken;
    private final DataSource source;

    FailingSource(DataSource database) {
        this.source = proxy(DataSource.class, () -> {}, database);
    }

    DataSource source() {
        return source;
    }

    void away(boolean is) {
        away = is;
        outages++;
    }

    /** Whatever that thread does next fails as a program's fault would have it. */
    void strike(Thread thread) {
        stricken = thread;
    }

    @FunctionalInterface
    private interface Check {
        void check() throws SQLException;
    }

    private <T> T proxy(Class<T> type, Check check, Object target) {
        return type.cast(Proxy.newProxyInstance(
                FailingSource.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        check.check();
                        answer();
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        int opened = outages;
                        return result instanceof Connection connection
                                ? proxy(Connection.class, () -> sameLife(opened), connection)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private void answer() throws SQLException {
        if (Thread.currentThread() == stricken) {
            throw new StackOverflowError("as a program's fault has it");
        }
        if (away) {
            throw new SQLException("the database is away", "08006");
        }
    }

    private void sameLife(int opened) throws SQLException {
        if (opened != outages) {
            throw new SQLException("the connection broke", "08006");
        }
    }
}
