package org.posthorn.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Before {@code /site}: who is not signed in is sent to the sign-in page and comes back here; who is no server owner is refused. */
@WebFilter("/site/*")
public class SiteDoor extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Cache-Control", "no-store");
        if (request.getUserPrincipal() == null) {
            String query = request.getQueryString() == null ? "" : "?" + request.getQueryString();
            Redirect.to(
                    "/login?next=" + URLEncoder.encode(request.getRequestURI() + query, StandardCharsets.UTF_8),
                    response);
        } else if (!request.isUserInRole(SubscriberIdentities.SERVER_OWNER)) {
            response.sendError(403);
        } else {
            chain.doFilter(request, response);
        }
    }
}
