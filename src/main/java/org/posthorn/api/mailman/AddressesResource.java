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
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.list.Address;
import org.posthorn.list.AddressRepository;
import org.posthorn.list.MemberRepository;
import org.posthorn.list.MemberSearch;
import org.posthorn.list.UserAddresses;

/** {@code /3.1/addresses}: addresses, whoever has them; and {@code …/user}: who that is. */
@Path("addresses")
@ApplicationScoped
public class AddressesResource {

    private final People people;
    private final AddressRepository addresses;
    private final MemberRepository members;
    private final UserAddresses operations;
    private final ShownPeople shown;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected AddressesResource() {
        this(null, null, null, null, null, null, null);
    }

    @Inject
    public AddressesResource(
            People people,
            AddressRepository addresses,
            MemberRepository members,
            UserAddresses operations,
            ShownPeople shown,
            Reading reading,
            IfMatch ifMatch) {
        this.people = people;
        this.addresses = addresses;
        this.members = members;
        this.operations = operations;
        this.shown = shown;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        Page page = Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page")));
        return new Listing(
                page, paging -> reading.within(() -> addresses.all(paging).map(shown::address)));
    }

    @GET
    @Path("{email}")
    @Transactional
    public JsonObject one(@PathParam("email") String email) {
        return shown.address(people.address(email));
    }

    @PATCH
    @Path("{email}")
    @Transactional
    public Response change(@PathParam("email") String email, Fields body) {
        Address address = people.address(email);
        ifMatch.require(() -> shown.address(address));
        body.check(Set.of(), Set.of("display_name"))
                .optional("display_name")
                .ifPresent(name -> operations.rename(address.getEmail(), name));
        return Created.nothing();
    }

    @DELETE
    @Path("{email}")
    @Transactional
    public Response delete(@PathParam("email") String email) {
        Address address = people.address(email);
        ifMatch.require(() -> shown.address(address));
        operations.delete(address.getEmail());
        return Created.nothing();
    }

    @POST
    @Path("{email}/verify")
    @Transactional
    public Response verify(@PathParam("email") String email) {
        return verified(email, true);
    }

    @POST
    @Path("{email}/unverify")
    @Transactional
    public Response unverify(@PathParam("email") String email) {
        return verified(email, false);
    }

    /** The tag is the address's: nothing else shows it. */
    private Response verified(String email, boolean verified) {
        Address address = people.address(email);
        ifMatch.require(() -> shown.address(address));
        operations.verify(address.getEmail(), verified);
        return Created.nothing();
    }

    @GET
    @Path("{email}/memberships")
    public Listing memberships(@PathParam("email") String email, @Context UriInfo uri) {
        Page page = Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page")));
        String key = reading.within(() -> people.address(email).getEmail());
        MemberSearch search = new MemberSearch(null, key, null, null, null, null, null);
        return new Listing(
                page,
                paging -> reading.within(() -> members.find(search, paging).map(shown::member)));
    }

    @GET
    @Path("{email}/preferences")
    @Transactional
    public JsonObject preferences(@PathParam("email") String email) {
        return preferences(people.address(email));
    }

    private JsonObject preferences(Address address) {
        return shown.preferences(address.preferences(), "addresses", address.getEmail(), "preferences");
    }

    @PATCH
    @Path("{email}/preferences")
    @Transactional
    public Response wishSome(@PathParam("email") String email, Fields body) {
        return wished(people.address(email), Wishes.some(body));
    }

    @PUT
    @Path("{email}/preferences")
    @Transactional
    public Response wishAll(@PathParam("email") String email, Fields body) {
        return wished(people.address(email), Wishes.all(body));
    }

    @DELETE
    @Path("{email}/preferences")
    @Transactional
    public Response wishNone(@PathParam("email") String email) {
        return wished(people.address(email), Wishes.none());
    }

    private Response wished(Address address, Map<String, Object> wishes) {
        ifMatch.require(() -> preferences(address));
        operations.changePreferences(address.getEmail(), wishes);
        return Created.nothing();
    }
}
