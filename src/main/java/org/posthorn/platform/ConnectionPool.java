package org.posthorn.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * The use of the container's pool of database connections. Payara Micro has no public way to ask it, so this asks the
 * classes that its own monitoring asks, by name; where they are not, there is no figure.
 */
@ApplicationScoped
public class ConnectionPool {

    /** As {@code pre-boot.asadmin} sets it. */
    public static final int MOST = 48;

    private static final String NAME = "H2Pool";

    /** @param used handed out now; @param free open and waiting */
    public record Use(int used, int free) {}

    public Optional<Use> use() {
        try {
            ClassLoader server = Thread.currentThread().getContextClassLoader();
            Class<?> runtimeType = Class.forName("com.sun.enterprise.connectors.ConnectorRuntime", true, server);
            Class<?> infoType = Class.forName("org.glassfish.resourcebase.resources.api.PoolInfo", true, server);
            Object runtime = runtimeType.getMethod("getRuntime").invoke(null);
            Object manager = runtimeType.getMethod("getPoolManager").invoke(runtime);
            Object info = infoType.getConstructor(String.class).newInstance(NAME);
            Object status = Class.forName("com.sun.enterprise.resource.pool.PoolManager", true, server)
                    .getMethod("getPoolStatus", infoType)
                    .invoke(manager, info);
            return Optional.of(new Use(number(status, "getNumConnUsed"), number(status, "getNumConnFree")));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Object status, String getter) throws ReflectiveOperationException {
        return (Integer) status.getClass().getMethod(getter).invoke(status);
    }
}
