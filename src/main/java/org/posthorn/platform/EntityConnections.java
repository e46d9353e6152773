package org.posthorn.platform;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.persistence.sessions.JNDIConnector;
import org.eclipse.persistence.sessions.server.ServerSession;

/**
 * Connections from the data source that the entities' own come from, so that plain SQL and entities share a transaction.
 *
 * <p>It is the same pool as {@code jdbc/__default}, but that one, looked up by a component, takes part in the transaction
 * of the component that the server believes to be calling. On a thread that an EJB's timer runs or started, it believes
 * the EJB to be, which has none: each statement would commit by itself, whatever {@code @Transactional} says. This one
 * takes part in the transaction of the thread.
 */
final class EntityConnections implements Sql.Connections {

    private final EntityManagerFactory entities;
    private volatile DataSource source;

    EntityConnections(EntityManagerFactory entities) {
        this.entities = entities;
    }

    @Override
    public Connection get() throws SQLException {
        DataSource found = source;
        if (found == null) {
            found = ((JNDIConnector)
                            entities.unwrap(ServerSession.class).getLogin().getConnector())
                    .getDataSource();
            source = found; // whoever finds it twice finds the same
        }
        return found.getConnection();
    }
}
