package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.list.SubscriberRepository;

/** {@code /3.1/users/find}: users by a part of a name or an address. */
@Path("users/find")
@ApplicationScoped
public class UsersFindResource {

    private final SubscriberRepository subscribers;
    private final ShownPeople shown;
    private final Reading reading;

    protected UsersFindResource() {
        this(null, null, null);
    }

    @Inject
    public UsersFindResource(SubscriberRepository subscribers, ShownPeople shown, Reading reading) {
        this.subscribers = subscribers;
        this.shown = shown;
        this.reading = reading;
    }

    @GET
    public Listing find(@Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of("q"), Set.of("count", "page"));
        String text = query.text("q");
        return new Listing(
                Page.of(query),
                paging -> reading.within(
                        () -> subscribers.peopleMatching(text, paging).map(shown::user)));
    }
}
