package org.posthorn.api.guard;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.posthorn.api.wire.Problem;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.CrossSite;

/**
 * Before every answer: what browsers may do with it. And before every request that changes something: it must not come
 * from another site (pages that are left open for a day keep working, since nothing in them goes stale).
 */
public class SiteHeaders extends HttpFilter {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** A page's form is recognised by this parameter, in whatever request it stands. */
    private static final String FORM = "jakarta.faces.ViewState";

    private static final String CONTENT_POLICY = "Content-Security-Policy";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final transient Settings settings;

    @Inject
    public SiteHeaders(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(CONTENT_POLICY, POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        if (settings.publicUrl().startsWith("https:")) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (!SAFE.contains(request.getMethod()) && CrossSite.isCrossSite(request, settings.publicUrl())) {
            Answers.send(request, response, new Problem(403, "Another site may not send this"));
            return;
        }
        if (isFormAsLink(request)) {
            Answers.send(request, response, new Problem(400, "A form is sent by POST"));
            return;
        }
        // Until a later filter says who it is: without one, a thread of the server's would be taken for the server
        // itself.
        try (Acting.Bound nobody = Acting.as(Actor.anonymous(Via.CONSOLE))) {
            chain.doFilter(request, onePolicy(response));
        }
    }

    /**
     * Whether a page's form comes as a link. Any site may have such a one, and browsers follow it with our cookie: only a
     * POST says where it comes from.
     */
    private static boolean isFormAsLink(HttpServletRequest request) {
        return SAFE.contains(request.getMethod())
                && Collections.list(request.getParameterNames()).stream().anyMatch(FORM::equals);
    }

    /** PrimeFaces adds a policy with the page's nonce; two policies would both hold, so the later takes the place of the first. */
    private static HttpServletResponse onePolicy(HttpServletResponse response) {
        return new HttpServletResponseWrapper(response) {
            @Override
            public void addHeader(String name, String value) {
                if (CONTENT_POLICY.equalsIgnoreCase(name)) {
                    setHeader(name, value);
                } else {
                    super.addHeader(name, value);
                }
            }
        };
    }
}
