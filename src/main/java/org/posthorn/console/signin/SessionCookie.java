package org.posthorn.console.signin;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;
import org.posthorn.platform.settings.Settings;

/** Makes the session's cookie unreadable for scripts, unsent across sites (glassfish-web.xml), and, where the site is seen by https, sent by it only. */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Inject
    private Settings settings;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setName("posthorn");
        cookie.setHttpOnly(true);
        cookie.setSecure(settings.publicUrl().startsWith("https:"));
    }
}
