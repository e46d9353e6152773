package org.posthorn.console.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.authentication.mechanism.http.CustomFormAuthenticationMechanismDefinition;
import jakarta.security.enterprise.authentication.mechanism.http.LoginToContinue;
import jakarta.security.enterprise.credential.Credential;
import jakarta.security.enterprise.credential.UsernamePasswordCredential;
import jakarta.security.enterprise.identitystore.CredentialValidationResult;
import jakarta.security.enterprise.identitystore.IdentityStore;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.posthorn.list.signin.Account;
import org.posthorn.list.signin.SignIn;
import org.posthorn.list.signin.SignInOutcome;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.web.ClientAddress;

/** Who may sign in to the console: the same people, passwords and limits as for REST. */
@ApplicationScoped
@CustomFormAuthenticationMechanismDefinition(
        loginToContinue = @LoginToContinue(loginPage = "/login", useForwardToLogin = false, errorPage = ""))
public class SubscriberIdentities implements IdentityStore {

    /** The group of those who may do everything. */
    public static final String SERVER_OWNER = "server-owner";

    /** The request attribute that says that it was too often. */
    static final String TRY_LATER = "org.posthorn.console.tryLater";

    private final SignIn signIn;
    private final Settings settings;
    private final HttpServletRequest request;

    protected SubscriberIdentities() {
        this(null, null, null);
    }

    @Inject
    public SubscriberIdentities(SignIn signIn, Settings settings, HttpServletRequest request) {
        this.signIn = signIn;
        this.settings = settings;
        this.request = request;
    }

    @Override
    public CredentialValidationResult validate(Credential credential) {
        if (!(credential instanceof UsernamePasswordCredential typed)) {
            return CredentialValidationResult.NOT_VALIDATED_RESULT;
        }
        SignInOutcome outcome = signIn.attempt(
                ClientAddress.of(request, settings.trustedProxies()), typed.getCaller(), typed.getPasswordAsString());
        if (outcome instanceof SignInOutcome.Admitted admitted) {
            Account account = admitted.account();
            return new CredentialValidationResult(
                    new Visitor(signIn.begin(account), account.serverOwner()),
                    account.serverOwner() ? Set.of(SERVER_OWNER) : Set.of());
        }
        request.setAttribute(TRY_LATER, outcome instanceof SignInOutcome.TryLater);
        return CredentialValidationResult.INVALID_RESULT;
    }
}
