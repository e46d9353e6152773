package org.posthorn.console.signin;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.posthorn.list.signin.SignInLog;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;

/** {@code POST /logout}: ends the session, whatever state the page was in. */
@WebServlet("/logout")
public class LogOut extends HttpServlet {

    private final transient SignInLog log;
    private final transient Settings settings;
    private final transient SignedOut signedOut;

    @Inject
    public LogOut(SignInLog log, Settings settings, SignedOut signedOut) {
        this.log = log;
        this.settings = settings;
        this.signedOut = signedOut;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Visitor.of(request)
                .ifPresent(visitor -> log.out(
                        ClientAddress.of(request, settings.trustedProxies()),
                        visitor.getSubscriberId(),
                        visitor.getName(),
                        visitor.isServerOwner()));
        HttpSession session = request.getSession(false);
        if (session != null) {
            signedOut.add(session);
            session.invalidate();
        }
        Redirect.to("/", response);
    }
}
