package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.signin.NewServiceAccount;
import org.posthorn.list.signin.ServiceAccount;
import org.posthorn.list.signin.ServiceAccounts;
import org.posthorn.platform.actor.Scope;

/** {@code /api/accounts}: the programs that use REST. A secret is told once, in the answer that made it. */
@Path("accounts")
@ApplicationScoped
public class AccountsResource {

    private final ServiceAccounts accounts;
    private final Links links;

    protected AccountsResource() {
        this(null, null);
    }

    @Inject
    public AccountsResource(ServiceAccounts accounts, Links links) {
        this.accounts = accounts;
        this.links = links;
    }

    @GET
    public JsonArray all() {
        JsonArrayBuilder shown = Json.createArrayBuilder();
        accounts.all().forEach(account -> shown.add(shown(account)));
        return shown.build();
    }

    @GET
    @Path("{name}")
    public JsonObject one(@PathParam("name") String name) {
        return shown(accounts.find(name).orElseThrow(AccountsResource::unknown)).build();
    }

    /** Without a password it gets a token. */
    @POST
    public Response make(Fields body) {
        body.check(Set.of("name"), Set.of("scopes", "password", "expires_at"));
        ServiceAccounts.Made made = accounts.make(new NewServiceAccount(
                body.text("name"),
                scopes(body),
                body.optional("password").orElse(null),
                body.optional("expires_at").map(AccountsResource::instant).orElse(null)));
        JsonObjectBuilder shown = shown(made.account());
        made.token().ifPresent(token -> shown.add("token", token));
        return Response.created(links.site("accounts", made.account().name()))
                .entity(shown.build())
                .build();
    }

    @DELETE
    @Path("{name}")
    public Response revoke(@PathParam("name") String name) {
        accounts.revoke(name);
        return Response.noContent().build();
    }

    private static Set<Scope> scopes(Fields body) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String value : body.all("scopes")) {
            for (String word : value.split(",")) {
                scopes.add(Arrays.stream(Scope.values())
                        .filter(scope -> scope.name().equalsIgnoreCase(word.strip()))
                        .findFirst()
                        .orElseThrow(() ->
                                Fields.wrong("scopes", "Accepted Values are: read, moderation, members, lists, site")));
            }
        }
        return scopes;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw Fields.wrong("expires_at", "a time such as 2027-01-31T00:00:00Z is expected");
        }
    }

    private static Refusal unknown() {
        return new Refusal(404, "There is no such account");
    }

    private static JsonObjectBuilder shown(ServiceAccount account) {
        JsonArrayBuilder scopes = Json.createArrayBuilder();
        account.scopes().stream()
                .sorted()
                .forEach(scope -> scopes.add(scope.name().toLowerCase(Locale.ROOT)));
        JsonObjectBuilder shown = Json.createObjectBuilder()
                .add("name", account.name())
                .add("scopes", scopes)
                .add("kind", account.kind().name().toLowerCase(Locale.ROOT))
                .add("from_setting", account.fromSetting())
                .add("created_at", account.createdAt().toString())
                .add("created_by", account.createdBy());
        if (account.expiresAt() != null) {
            shown.add("expires_at", account.expiresAt().toString());
        }
        if (account.lastUsedAt() != null) {
            shown.add("last_used_at", account.lastUsedAt().toString());
        }
        return shown;
    }
}
