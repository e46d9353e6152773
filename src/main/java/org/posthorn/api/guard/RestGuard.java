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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.posthorn.api.wire.Problem;
import org.posthorn.list.signin.Account;
import org.posthorn.list.signin.SignIn;
import org.posthorn.list.signin.SignInOutcome;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Scope;
import org.posthorn.platform.actor.Via;
import org.posthorn.platform.settings.Cidr;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;
import org.posthorn.platform.web.CrossSite;

/**
 * Stands before REST. In this order: the address must be allowed, no other site may have sent it, name and password
 * must be a server owner's, or a service account's with the scope that this takes. Who was wrong too often is told at once to come later; no thread waits for them.
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
        Optional<SignInOutcome> outcome;
        try {
            outcome = signIn(client, request.getHeader("Authorization"));
        } catch (RuntimeException e) {
            if (!DatabaseException.isPassing(e)) {
                throw e;
            }
            Answers.send(request, response, new Problem(503, "The database does not answer; try again in a moment"));
            return;
        }
        if (outcome.isEmpty()) {
            Answers.send(request, response, unauthorized(response));
            return;
        }
        Optional<Actor> actor = actor(outcome.get());
        if (actor.isEmpty()) {
            Answers.send(request, response, refused(outcome.get(), response));
            return;
        }
        Optional<String> objection = objection(actor.get(), request);
        if (objection.isPresent()) {
            Answers.send(request, response, new Problem(403, objection.get()));
            return;
        }
        if (holdsNul(request)) {
            Answers.send(request, response, new Problem(400, "The address holds U+0000"));
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        try (Acting.Bound them = Acting.as(actor.get())) {
            chain.doFilter(as(actor.get().name(), request), response);
        }
    }

    /** @return empty when there are no credentials that make sense */
    private Optional<SignInOutcome> signIn(InetAddress client, String authorization) {
        Optional<String> token = BearerToken.parse(authorization);
        return token.isPresent()
                ? token.map(known -> signIn.attemptToken(client, known))
                : BasicCredentials.parse(authorization)
                        .map(basic -> signIn.attemptRest(client, basic.user(), basic.password()));
    }

    private static Optional<Actor> actor(SignInOutcome outcome) {
        if (outcome instanceof SignInOutcome.Service service) {
            return Optional.of(
                    Actor.service(service.account().name(), service.account().scopes()));
        }
        if (outcome instanceof SignInOutcome.Admitted admitted) {
            Account account = admitted.account();
            return Optional.of(Actor.person(Via.REST, account.name(), account.subscriberId(), account.serverOwner()));
        }
        return Optional.empty();
    }

    /** @return why they may not do this at all; what else they may not, the operations say */
    private static Optional<String> objection(Actor actor, HttpServletRequest request) {
        if (actor.subscriber() != null) {
            return actor.serverOwner()
                    ? Optional.empty()
                    : Optional.of("REST is for server owners and service accounts");
        }
        Set<Scope> enough = RestScopes.enough(request.getMethod(), request.getRequestURI());
        return enough.stream().anyMatch(actor.scopes()::contains)
                ? Optional.empty()
                : Optional.of("This takes the scope "
                        + enough.stream().sorted().map(Scope::name).collect(Collectors.joining(" or ")));
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
            response.setHeader("Retry-After", Long.toString(later.seconds()));
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
