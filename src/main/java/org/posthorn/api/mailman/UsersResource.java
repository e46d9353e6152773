package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.Subscriber;
import org.posthorn.list.SubscriberRepository;
import org.posthorn.list.Users;

/**
 * {@code /3.1/users}. The first server owner is not among them: as Mailman's {@code restadmin}, it is the site's own
 * account, and clients that delete every user must not lock themselves out.
 */
@Path("users")
@ApplicationScoped
public class UsersResource {

    private final SubscriberRepository subscribers;
    private final Users users;
    private final ShownPeople shown;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected UsersResource() {
        this(null, null, null, null, null);
    }

    @Inject
    public UsersResource(
            SubscriberRepository subscribers, Users users, ShownPeople shown, Reading reading, IfMatch ifMatch) {
        this.subscribers = subscribers;
        this.users = users;
        this.shown = shown;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        return listing(Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing listing(Page page) {
        return new Listing(
                page, paging -> reading.within(() -> subscribers.people(paging).map(shown::user)));
    }

    @POST
    @Transactional
    public Response create(Fields body) {
        body.check(Set.of("email"), Set.of("display_name", "password", "is_server_owner"));
        ifMatch.requireWhole(() -> listing(Page.ALL));
        try {
            Subscriber person = users.create(
                    body.text("email"), body.optional("display_name").orElse(null), null, false);
            body.optional("password")
                    .filter(password -> !password.isEmpty())
                    .ifPresent(password -> users.givePassword(person.getId(), password));
            if (body.flag("is_server_owner", false)) {
                users.makeServerOwner(person.getId(), true);
            }
            return Created.at(shown.link(person));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("User already exists: " + Fields.shown(body.text("email")));
        }
    }
}
