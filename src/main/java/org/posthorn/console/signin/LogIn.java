package org.posthorn.console.signin;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.SecurityContext;
import jakarta.security.enterprise.authentication.mechanism.http.AuthenticationParameters;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.posthorn.console.text.Texts;

/** {@code /login}. */
@Named
@RequestScoped
public class LogIn {

    /** How long a session lasts without a request. */
    private static final Duration IDLE = Duration.ofHours(48);

    @Inject
    private SecurityContext security;

    @Inject
    private FacesContext faces;

    @Inject
    @ManagedProperty("#{param.next}")
    private String next;

    @Inject
    private Texts texts;

    private String name = "";
    private String password = "";

    /** Goes where the visitor wanted to go; a new session identifier makes one that was planted before worthless. */
    public void submit() throws ServletException {
        ExternalContext external = faces.getExternalContext();
        HttpServletRequest request = (HttpServletRequest) external.getRequest();
        if (request.getUserPrincipal() != null) {
            // The container would not look at the password, but take them for whoever the session is of.
            request.logout();
        }
        HttpServletResponse response = (HttpServletResponse) external.getResponse();
        AuthenticationStatus status = security.authenticate(
                request,
                response,
                AuthenticationParameters.withParams()
                        .credential(new UsernamePasswordCredential(name, password))
                        .newAuthentication(true));
        switch (status) {
            case SUCCESS -> {
                request.getSession().setMaxInactiveInterval((int) IDLE.toSeconds());
                request.changeSessionId();
                Visitor.keep(request);
                Redirect.to(getNext(), response);
                faces.responseComplete();
            }
            case SEND_CONTINUE -> faces.responseComplete();
            case SEND_FAILURE, NOT_DONE -> refused(request);
        }
    }

    private void refused(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null && request.getUserPrincipal() == null) {
            session.invalidate(); // the container made it for the attempt
        }
        boolean tooOften = Boolean.TRUE.equals(request.getAttribute(SubscriberIdentities.TRY_LATER));
        faces.getExternalContext().setResponseStatus(tooOften ? 429 : 401);
        faces.addMessage(
                null,
                new FacesMessage(
                        FacesMessage.SEVERITY_ERROR, texts.get(tooOften ? "login.later" : "login.wrong"), null));
    }

    public String getNext() {
        return ReturnPath.safe(next);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name == null ? "" : name;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password == null ? "" : password;
    }
}
