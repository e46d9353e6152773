package org.posthorn.console.door;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.util.Set;

/**
 * Gives every folder of the archive to the Faces servlet by its address, so that the door answers there. A folder that is
 * mapped to nothing the container leads to the same address with a slash behind, before any filter: on the host that the
 * request named, and what a form had sent is lost.
 */
@WebListener
public class FolderAddresses implements ServletContextListener {

    /** The servlet's name in {@code web.xml}. */
    static final String FACES = "faces";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        map(context, "/", context.getServletRegistration(FACES));
    }

    private static void map(ServletContext context, String folder, ServletRegistration faces) {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null || faces == null) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                faces.addMapping(path.substring(0, path.length() - 1));
                map(context, path, faces);
            }
        }
    }
}
