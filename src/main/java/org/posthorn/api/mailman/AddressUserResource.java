package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Address;
import org.posthorn.list.Subscriber;
import org.posthorn.list.SubscriberRepository;
import org.posthorn.list.UserAddresses;

/** {@code /3.1/addresses/{email}/user}: whose an address is. */
@Path("addresses/{email}/user")
@ApplicationScoped
public class AddressUserResource {

    private static final Set<String> WHO = Set.of("user_id", "auto_create", "display_name", "password");

    private final People people;
    private final SubscriberRepository subscribers;
    private final UserAddresses operations;
    private final ShownPeople shown;
    private final Links links;
    private final IfMatch ifMatch;

    protected AddressUserResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public AddressUserResource(
            People people,
            SubscriberRepository subscribers,
            UserAddresses operations,
            ShownPeople shown,
            Links links,
            IfMatch ifMatch) {
        this.people = people;
        this.subscribers = subscribers;
        this.operations = operations;
        this.shown = shown;
        this.links = links;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject user(@PathParam("email") String email) {
        return people.address(email).subscriber().map(shown::user).orElseThrow(Refusal::notFound);
    }

    /** Links the address to a user, who is made where none is named and {@code auto_create} is not off. */
    @POST
    @Transactional
    public Response link(@PathParam("email") String email, Fields body) {
        Address address = people.address(email);
        body.check(Set.of(), WHO);
        require(address);
        if (address.subscriber().isPresent()) {
            throw Refusal.conflict("409 Conflict");
        }
        return linked(address, body);
    }

    /** The same for an address that may be another's, who then no longer has it. */
    @PUT
    @Transactional
    public Response move(@PathParam("email") String email, Fields body) {
        Address address = people.address(email);
        body.check(Set.of(), WHO);
        require(address);
        if (!body.has("user_id") && address.subscriber().isPresent()) {
            operations.unlink(address.getEmail());
        }
        return linked(address, body);
    }

    @DELETE
    @Transactional
    public Response unlink(@PathParam("email") String email) {
        Address address = people.address(email);
        address.subscriber().orElseThrow(Refusal::notFound);
        require(address);
        operations.unlink(address.getEmail());
        return Created.nothing();
    }

    private void require(Address address) {
        ifMatch.requireAny(() -> address.subscriber().map(shown::user).stream().toList());
    }

    private Response linked(Address address, Fields body) {
        if (body.has("user_id")) {
            String id = body.text("user_id");
            Subscriber person = links.version()
                    .parse(id)
                    .flatMap(subscribers::byId)
                    .orElseThrow(() -> Refusal.badRequest("No user with ID " + Fields.shown(id)));
            operations.link(address.getEmail(), person.getId());
            return Response.ok().build();
        }
        if (!body.flag("auto_create", true)) {
            throw new Refusal(403, "403 Forbidden");
        }
        Subscriber made = operations.makeUser(
                address.getEmail(),
                body.optional("display_name").orElse(null),
                body.optional("password").orElse(null));
        return Created.at(shown.link(made));
    }
}
