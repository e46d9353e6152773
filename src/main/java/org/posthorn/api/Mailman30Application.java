package org.posthorn.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** The same resources as version 3.0, whose identifiers are numbers. */
@ApplicationPath("/3.0")
public class Mailman30Application extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return MailmanApplication.CLASSES;
    }
}
