package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.Lists;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;

/** {@code /3.1/lists}: which lists there are. */
@Path("lists")
@ApplicationScoped
public class ListsResource {

    private final ListRepository lists;
    private final Lists operations;
    private final Shown shown;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected ListsResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public ListsResource(
            ListRepository lists, Lists operations, Shown shown, Links links, Reading reading, IfMatch ifMatch) {
        this.lists = lists;
        this.operations = operations;
        this.shown = shown;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("advertised", "count", "page"));
        boolean advertised = query.flag("advertised", false);
        return listing(Page.of(query), advertised);
    }

    private Listing listing(Page page, boolean advertised) {
        return new Listing(page, paging -> reading.within(() -> shown.lists(lists.all(advertised, paging))));
    }

    @POST
    public Response create(Fields body) {
        body.check(Set.of("fqdn_listname"), Set.of("style_name"));
        ifMatch.requireWhole(() -> listing(Page.ALL, false));
        try {
            MailingList list = operations.create(
                    body.text("fqdn_listname"), body.optional("style_name").orElse(null));
            return Created.at(links.mailman("lists", list.getListId()));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("Mailing list exists");
        } catch (UnknownException e) {
            throw Refusal.badRequest("Domain does not exist: "
                    + Fields.shown(body.text("fqdn_listname").replaceAll(".*@", "")));
        }
    }
}
