package org.posthorn.console.door;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.posthorn.console.signin.Redirect;
import org.posthorn.console.signin.SignedOut;
import org.posthorn.console.signin.Visitor;
import org.posthorn.list.UnknownException;
import org.posthorn.list.signin.SignIn;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Via;

/**
 * Before every page: finds it by its address, binds who reads it as the actor, and lets pass who may. Who has not signed
 * in is sent to the sign-in page and comes back; who may not is told so; what the page's operations refuse or do not
 * find becomes 403 or 404 too. Strangers who only look get no session. Pages are reached by their addresses only, never by their files' names.
 */
public class ConsoleDoor extends HttpFilter {

    /** The request attribute that tells the error page what became of the request. */
    public static final String STATUS = "org.posthorn.console.status";

    /** As {@code web.xml} calls it. */
    private static final String FACES = "faces";

    /** Scripts and styles of the component libraries. */
    private static final String FACES_FILES = "/jakarta.faces.resource";

    private static final Logger LOG = Logger.getLogger(ConsoleDoor.class.getName());

    private final transient Pages pages;
    private final transient Here here;
    private final transient Doors doors;
    private final transient SignIn accounts;
    private final transient SignedOut signedOut;

    @Inject
    public ConsoleDoor(Pages pages, Here here, Doors doors, SignIn accounts, SignedOut signedOut) {
        this.pages = pages;
        this.here = here;
        this.doors = doors;
        this.accounts = accounts;
        this.signedOut = signedOut;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<PageTree.Page> page = pages.find(request.getRequestURI());
        if (page.isEmpty() && belongsToAnother(request)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            receive(page, request, response);
        } catch (RuntimeException | ServletException e) {
            if (response.isCommitted() || !DatabaseException.isPassing(e)) {
                throw e;
            }
            // The console's own page for errors would ask the database for its frame.
            LOG.log(Level.WARNING, "PageWithoutDatabase: {0}", e.toString());
            response.setHeader("Retry-After", "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }

    private void receive(Optional<PageTree.Page> page, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        Optional<Visitor> visitor = visitor(request);
        try (Acting.Bound them = Acting.as(visitor.map(Visitor::actor).orElse(Actor.anonymous(Via.CONSOLE)))) {
            response.setHeader("Cache-Control", "no-store");
            here.readBy(visitor.orElse(null));
            here.standAt(request, page.map(PageTree.Page::parameters).orElse(Map.of()));
            if (page.isEmpty()) {
                refuse(HttpServletResponse.SC_NOT_FOUND, request, response);
            } else {
                pass(page.get(), request, response);
            }
        }
    }

    /**
     * Servlets, REST and static files: what is mapped to nothing, and a page's file under its own name, is ours to refuse.
     * Asks the container alone where it leads the request to: what it goes by is not the address as it was sent.
     */
    private static boolean belongsToAnother(HttpServletRequest request) {
        HttpServletMapping mapping = request.getHttpServletMapping();
        if (mapping.getMappingMatch() == MappingMatch.DEFAULT) {
            return request.getServletPath().startsWith("/static/");
        }
        return !FACES.equals(mapping.getServletName())
                || request.getServletPath().startsWith(FACES_FILES + "/");
    }

    private void pass(PageTree.Page page, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (doors.at(page, here)) {
            case OPEN -> show(page, request, response);
            case SIGN_IN -> signInFirst(request, response);
            case CLOSED -> refuse(HttpServletResponse.SC_FORBIDDEN, request, response);
            case NOWHERE -> refuse(HttpServletResponse.SC_NOT_FOUND, request, response);
        }
    }

    /** What somebody typed into a page that outlived their session is not lost: the page that asks them to sign in holds it. */
    private void signInFirst(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        if (request.getMethod().equals("POST")) {
            refuse(HttpServletResponse.SC_UNAUTHORIZED, request, response);
        } else {
            Redirect.to("/login?next=" + URLEncoder.encode(here.getAddress(), StandardCharsets.UTF_8), response);
        }
    }

    private static void show(PageTree.Page page, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        // Who sends a form, such as the one to sign in by, may begin a session.
        HttpServletRequest seen = request.getMethod().equals("POST") ? request : StrangersRequest.of(request);
        try {
            request.getRequestDispatcher(page.viewId()).forward(seen, response);
        } catch (ServletException | RuntimeException e) {
            if (response.isCommitted() || DatabaseException.isPassing(e)) {
                throw e;
            }
            int status = status(e);
            if (status == HttpServletResponse.SC_INTERNAL_SERVER_ERROR) {
                LOG.log(Level.SEVERE, "page failed", e);
            }
            refuse(status, request, response);
        }
    }

    private static void refuse(int status, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.resetBuffer();
        response.setStatus(status);
        request.setAttribute(STATUS, status);
        request.getRequestDispatcher(Pages.ERROR).forward(StrangersRequest.of(request), response);
    }

    private static int status(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotAllowedException) {
                return HttpServletResponse.SC_FORBIDDEN;
            }
            if (cause instanceof UnknownException) {
                return HttpServletResponse.SC_NOT_FOUND;
            }
        }
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    /** Who signed in, if they still may: what was taken from them meanwhile counts at once, a new password too. */
    private Optional<Visitor> visitor(HttpServletRequest request) {
        return Visitor.of(request)
                .filter(before -> !signedOut.holds(request.getSession(false)))
                .flatMap(before -> accounts.again(before.session())
                        .map(account -> new Visitor(before.session(), account.serverOwner())));
    }
}
