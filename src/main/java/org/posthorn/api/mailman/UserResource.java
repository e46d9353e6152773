package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Address;
import org.posthorn.list.AddressRepository;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.Subscriber;
import org.posthorn.list.UnknownException;
import org.posthorn.list.UserAddresses;
import org.posthorn.list.Users;

/** {@code /3.1/users/{user}}: one user, by identifier or by any of the addresses. */
@Path("users/{user}")
@ApplicationScoped
public class UserResource {

    private final People people;
    private final Users users;
    private final UserAddresses userAddresses;
    private final AddressRepository addresses;
    private final ShownPeople shown;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected UserResource() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public UserResource(
            People people,
            Users users,
            UserAddresses userAddresses,
            AddressRepository addresses,
            ShownPeople shown,
            Links links,
            Reading reading,
            IfMatch ifMatch) {
        this.people = people;
        this.users = users;
        this.userAddresses = userAddresses;
        this.addresses = addresses;
        this.shown = shown;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject one(@PathParam("user") String user) {
        return shown.user(people.user(user));
    }

    @PATCH
    @Transactional
    public Response change(@PathParam("user") String user, Fields body) {
        Subscriber person = people.user(user);
        return changed(person, body.check(Set.of(), Set.of("cleartext_password", "display_name", "is_server_owner")));
    }

    @PUT
    @Transactional
    public Response replace(@PathParam("user") String user, Fields body) {
        Subscriber person = people.user(user);
        return changed(person, body.check(Set.of("cleartext_password", "display_name"), Set.of("is_server_owner")));
    }

    private Response changed(Subscriber person, Fields body) {
        ifMatch.require(() -> shown.user(person));
        body.optional("cleartext_password").ifPresent(password -> users.givePassword(person.getId(), password));
        body.optional("display_name").ifPresent(name -> users.rename(person.getId(), name));
        if (body.has("is_server_owner")) {
            users.makeServerOwner(person.getId(), body.flag("is_server_owner", false));
        }
        return Created.nothing();
    }

    @DELETE
    @Transactional
    public Response delete(@PathParam("user") String user) {
        Subscriber person = people.user(user);
        ifMatch.require(() -> shown.user(person));
        users.delete(person.getId());
        return Created.nothing();
    }

    @GET
    @Path("addresses")
    public Listing addresses(@PathParam("user") String user, @Context UriInfo uri) {
        return addresses(user, Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing addresses(String user, Page page) {
        return new Listing(
                page,
                paging -> reading.within(
                        () -> addresses.of(people.user(user), paging).map(shown::address)));
    }

    @POST
    @Path("addresses")
    @Transactional
    public Response addAddress(@PathParam("user") String user, Fields body) {
        ifMatch.requireWhole(() -> addresses(user, Page.ALL));
        Subscriber person = people.user(user);
        body.check(Set.of("email"), Set.of("display_name", "absorb_existing"));
        String email = body.text("email");
        try {
            Address address = userAddresses.give(
                    person.getId(),
                    email,
                    body.optional("display_name").orElse(null),
                    body.flag("absorb_existing", false));
            return Created.at(links.mailman("addresses", address.getEmail()));
        } catch (InvalidValueException e) {
            throw Refusal.badRequest("Invalid email address");
        } catch (DuplicateException e) {
            boolean own =
                    people.address(email).subscriber().filter(person::equals).isPresent();
            throw Refusal.badRequest(own ? "Address already exists" : "Address belongs to other user");
        }
    }

    @GET
    @Path("preferred_address")
    @Transactional
    public JsonObject preferredAddress(@PathParam("user") String user) {
        return people.user(user).preferredAddress().map(shown::address).orElseThrow(Refusal::notFound);
    }

    @POST
    @Path("preferred_address")
    @Transactional
    public Response prefer(@PathParam("user") String user, Fields body) {
        Subscriber person = people.user(user);
        String email = body.check(Set.of("email"), Set.of()).text("email");
        requirePreferred(person);
        try {
            userAddresses.prefer(person.getId(), email);
            return Created.nothing();
        } catch (UnknownException e) {
            throw Refusal.badRequest("Address does not exist: " + Fields.shown(email));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("Address belongs to other user");
        } catch (InvalidValueException e) {
            throw Refusal.badRequest("Unverified address: " + Fields.shown(email));
        }
    }

    @DELETE
    @Path("preferred_address")
    @Transactional
    public Response preferNone(@PathParam("user") String user) {
        Subscriber person = people.user(user);
        requirePreferred(person);
        users.preferNone(person.getId());
        return Created.nothing();
    }

    private void requirePreferred(Subscriber person) {
        ifMatch.requireAny(
                () -> person.preferredAddress().map(shown::address).stream().toList());
    }

    @GET
    @Path("preferences")
    @Transactional
    public JsonObject preferences(@PathParam("user") String user) {
        return preferences(people.user(user));
    }

    private JsonObject preferences(Subscriber person) {
        return shown.preferences(person.preferences(), "users", shown.id(person.getId()), "preferences");
    }

    @PATCH
    @Path("preferences")
    @Transactional
    public Response wishSome(@PathParam("user") String user, Fields body) {
        return wished(people.user(user), Wishes.some(body));
    }

    @PUT
    @Path("preferences")
    @Transactional
    public Response wishAll(@PathParam("user") String user, Fields body) {
        return wished(people.user(user), Wishes.all(body));
    }

    @DELETE
    @Path("preferences")
    @Transactional
    public Response wishNone(@PathParam("user") String user) {
        return wished(people.user(user), Wishes.none());
    }

    private Response wished(Subscriber person, Map<String, Object> wishes) {
        ifMatch.require(() -> preferences(person));
        users.changePreferences(person.getId(), wishes);
        return Created.nothing();
    }
}
