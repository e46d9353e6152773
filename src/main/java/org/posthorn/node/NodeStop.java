package org.posthorn.node;

import jakarta.ejb.EJB;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;

/**
 * Stops the node while the server still can load its classes: by the time a singleton's {@code @PreDestroy} is called, the
 * web application's class loader has stopped, and whatever needs a class for the first time fails.
 */
@WebListener
public class NodeStop implements ServletContextListener {

    @EJB
    private NodeLife life;

    @EJB
    private ImportTimer imports;

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        imports.stop();
        life.stop();
    }
}
