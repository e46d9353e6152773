package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Problem;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.signin.SignIn;
import org.posthorn.list.signin.SignInOutcome;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;

/** {@code /3.1/users/{user}/login}: whether this is the user's password. Who asks too often is told to come later. */
@Path("users/{user}/login")
@ApplicationScoped
public class UserLoginResource {

    private final People people;
    private final Reading reading;
    private final SignIn signIn;
    private final Settings settings;

    protected UserLoginResource() {
        this(null, null, null, null);
    }

    @Inject
    public UserLoginResource(People people, Reading reading, SignIn signIn, Settings settings) {
        this.people = people;
        this.reading = reading;
        this.signIn = signIn;
        this.settings = settings;
    }

    @POST
    public Response logIn(@PathParam("user") String user, Fields body, @Context HttpServletRequest request) {
        long person = reading.within(() -> people.user(user).getId());
        String password = body.check(Set.of("cleartext_password"), Set.of()).text("cleartext_password");
        SignInOutcome outcome = signIn.check(ClientAddress.of(request, settings.trustedProxies()), person, password);
        if (outcome instanceof SignInOutcome.TryLater later) {
            Problem problem = new Problem(429, "Too many failed log-ins; try again later");
            return Response.status(problem.status())
                    .header("Retry-After", later.seconds())
                    .type(MediaType.APPLICATION_JSON)
                    .entity(problem.asMailman())
                    .build();
        }
        if (!(outcome instanceof SignInOutcome.Admitted)) {
            throw new Refusal(403, "403 Forbidden");
        }
        return Created.nothing();
    }
}
