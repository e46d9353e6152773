package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.list.SubscriberRepository;

/** {@code /3.1/owners}: the users who may do everything. */
@Path("owners")
@ApplicationScoped
public class OwnersResource {

    private final SubscriberRepository subscribers;
    private final ShownPeople shown;
    private final Reading reading;

    protected OwnersResource() {
        this(null, null, null);
    }

    @Inject
    public OwnersResource(SubscriberRepository subscribers, ShownPeople shown, Reading reading) {
        this.subscribers = subscribers;
        this.shown = shown;
        this.reading = reading;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        Page page = Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page")));
        return new Listing(
                page,
                paging -> reading.within(() -> subscribers.owningPeople(paging).map(shown::user)));
    }
}
