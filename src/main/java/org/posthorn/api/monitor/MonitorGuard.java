package org.posthorn.api.monitor;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;

/** Metrics and the API's description are for the addresses in {@code POSTHORN_MONITOR_ALLOW}; for others they are not there. */
public class MonitorGuard extends HttpFilter {

    private static final Actor MONITOR = Actor.service("monitor", Set.of(Scope.READ));

    private final transient Settings settings;

    @Inject
    public MonitorGuard(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Cidr.anyContains(settings.monitorAllow(), ClientAddress.of(request, settings.trustedProxies()))) {
            try (Acting.Bound monitor = Acting.as(MONITOR)) {
                chain.doFilter(request, response);
            }
        } else {
            response.sendError(404);
        }
    }
}
