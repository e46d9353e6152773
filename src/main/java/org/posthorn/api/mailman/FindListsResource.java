package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Paging;
import org.posthorn.list.Role;

/** {@code /3.1/lists/find}: the lists that somebody is on, by any of their addresses; each list once. 404 when there is none. */
@Path("lists/find")
@ApplicationScoped
public class FindListsResource {

    private final ListRepository lists;
    private final Shown shown;
    private final Reading reading;

    protected FindListsResource() {
        this(null, null, null);
    }

    @Inject
    public FindListsResource(ListRepository lists, Shown shown, Reading reading) {
        this.lists = lists;
        this.shown = shown;
        this.reading = reading;
    }

    @GET
    public Listing find(@Context UriInfo uri) {
        return found(Query.of(uri));
    }

    @POST
    public Listing find(Fields body) {
        return found(body);
    }

    private Listing found(Fields query) {
        query.check(Set.of("subscriber"), Set.of("role", "count", "page"));
        String subscriber = query.text("subscriber");
        Role role = query.constant("role", Role.class).orElse(null);
        long total = reading.within(
                () -> lists.ofSubscriber(subscriber, role, Paging.first(0)).total());
        if (total == 0) {
            throw Refusal.notFound();
        }
        return new Listing(
                Page.of(query),
                paging -> reading.within(() -> shown.lists(lists.ofSubscriber(subscriber, role, paging))));
    }
}
