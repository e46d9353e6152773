package org.posthorn.console.door;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.WebListener;
import java.util.Set;

/**
 * Gives the pages' folders to the Faces servlet by their addresses: what is mapped to nothing the container would lead to
 * the same address with a slash behind, and what a form had sent there would be lost.
 */
@WebListener
public class FolderAddresses implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        map(context, "/", context.getServletRegistration("faces"));
    }

    private static void map(ServletContext context, String folder, ServletRegistration faces) {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null || faces == null) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/") && Pages.isForPages(path) && !path.contains("/_")) {
                faces.addMapping(path.substring(0, path.length() - 1));
                map(context, path, faces);
            }
        }
    }
}
