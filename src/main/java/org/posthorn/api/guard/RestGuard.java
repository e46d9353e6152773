package org.posthorn.api.guard;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import org.posthorn.api.wire.Problem;
import org.posthorn.list.signin.Account;
import org.posthorn.list.signin.SignIn;
import org.posthorn.list.signin.SignInOutcome;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;
import org.posthorn.platform.web.CrossSite;

/**
 * Stands before REST. In this order: the address must be allowed, no other site may have sent it, name and password
 * must be a server owner's. Who was wrong too often is told at once to come later; no thread waits for them.
 */
public class RestGuard extends HttpFilter {

    private final transient Settings settings;
    private final transient SignIn signIn;

    @Inject
    public RestGuard(Settings settings, SignIn signIn) {
        this.settings = settings;
        this.signIn = signIn;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        InetAddress client = ClientAddress.of(request, settings.trustedProxies());
        if (!Cidr.anyContains(settings.restAllow(), client)) {
            Answers.send(request, response, new Problem(403, "REST is not open to this address"));
            return;
        }
        if (CrossSite.isCrossSite(request, settings.publicUrl())) {
            Answers.send(request, response, new Problem(403, "Another site may not send this"));
            return;
        }
        Optional<BasicCredentials> credentials = BasicCredentials.parse(request.getHeader("Authorization"));
        if (credentials.isEmpty()) {
            Answers.send(request, response, unauthorized(response));
            return;
        }
        SignInOutcome outcome = signIn.attempt(
                client, credentials.get().user(), credentials.get().password());
        if (!(outcome instanceof SignInOutcome.Admitted admitted)) {
            Answers.send(request, response, refused(outcome, response));
            return;
        }
        if (!admitted.account().serverOwner()) {
            Answers.send(request, response, new Problem(403, "REST is for server owners"));
            return;
        }
        if (holdsNul(request)) {
            Answers.send(request, response, new Problem(400, "The address holds U+0000"));
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        Account account = admitted.account();
        try (Acting.Bound them =
                Acting.as(Actor.person(Via.REST, account.name(), account.subscriberId(), account.serverOwner()))) {
            chain.doFilter(as(account.name(), request), response);
        }
    }

    private static HttpServletRequest as(String user, HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
                return () -> user;
            }

            @Override
            public String getRemoteUser() {
                return user;
            }
        };
    }

    private static Problem refused(SignInOutcome outcome, HttpServletResponse response) {
        if (outcome instanceof SignInOutcome.TryLater later) {
            Duration after = later.after();
            response.setHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds() + 1)));
            return new Problem(429, "Too many failed log-ins; try again later");
        }
        return unauthorized(response);
    }

    private static Problem unauthorized(HttpServletResponse response) {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Posthorn\", charset=\"UTF-8\"");
        return new Problem(401, "REST API authorization failed");
    }

    /** PostgreSQL takes none in text, and no name has one. */
    private static boolean holdsNul(HttpServletRequest request) {
        String query = request.getQueryString();
        String uri = request.getRequestURI();
        return uri.contains("%00")
                || uri.indexOf('\0') >= 0
                || query != null && (query.contains("%00") || query.indexOf('\0') >= 0);
    }
}
