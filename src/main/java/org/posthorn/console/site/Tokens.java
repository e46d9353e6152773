package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.posthorn.console.text.Texts;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.RefusedException;
import org.posthorn.list.signin.NewServiceAccount;
import org.posthorn.list.signin.ServiceAccounts;
import org.posthorn.platform.actor.Scope;

/**
 * {@code /site/tokens}: which programs may use REST. A new secret is in the answer that made it, and nowhere else: it
 * passes no session and no redirect.
 */
@Named
@RequestScoped
public class Tokens {

    @Inject
    private ServiceAccounts accounts;

    @Inject
    private RowAct act;

    @Inject
    private Texts texts;

    @Inject
    private Clock clock;

    private List<TokenRow> rows;
    private String name = "";
    private String password = "";
    private String[] scopes = {Scope.READ.name()};
    private String days = "365";
    private String madeName = "";
    private String secret = "";

    @PostConstruct
    void read() {
        Instant now = clock.instant();
        rows = accounts.all().stream()
                .map(account -> new TokenRow(account, now))
                .toList();
    }

    public void make() {
        Set<Scope> given = EnumSet.noneOf(Scope.class);
        Arrays.stream(scopes).map(Scope::valueOf).forEach(given::add);
        Instant end = days.matches("[0-9]{1,4}") && !days.equals("0")
                ? clock.instant().plus(Duration.ofDays(Long.parseLong(days)))
                : null;
        try {
            ServiceAccounts.Made made = accounts.make(
                    new NewServiceAccount(name.strip(), given, password.isEmpty() ? null : password, end));
            madeName = made.account().name();
            secret = made.token().orElse("");
            name = "";
            read();
        } catch (DuplicateException e) {
            act.refused("name", texts.of("tokens.name.taken", name.strip()));
        } catch (InvalidValueException e) {
            act.refused(e.field(), texts.get("tokens." + e.field() + ".wrong"));
        }
    }

    /** Ends the account whose button was pressed. */
    public void act() {
        if (!act.verb().equals("revoke")) {
            return;
        }
        try {
            accounts.revoke(act.on());
            act.done("/site/tokens", texts.of("tokens.revoked", act.on()));
        } catch (RefusedException e) {
            act.refused(texts.of("tokens.notRevoked", act.on()));
        }
    }

    public List<TokenRow> getRows() {
        return rows;
    }

    public Scope[] getAllScopes() {
        return Scope.values();
    }

    /** The name of the account that this request made; empty: none. */
    public String getMadeName() {
        return madeName;
    }

    /** The secret of the account that this request made; empty: it made none, or one with a password. */
    public String getSecret() {
        return secret;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** Never shown. */
    public String getPassword() {
        return "";
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String[] getScopes() {
        return scopes.clone();
    }

    public void setScopes(String[] scopes) {
        this.scopes = scopes.clone();
    }

    public String getDays() {
        return days;
    }

    public void setDays(String days) {
        this.days = days;
    }
}
