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
import java.util.Set;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.Domain;
import org.posthorn.list.DomainOwners;
import org.posthorn.list.DomainRepository;
import org.posthorn.list.Domains;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.SubscriberRepository;

/** {@code /3.1/domains}. */
@Path("domains")
@ApplicationScoped
public class DomainsResource {

    private static final Set<String> CHANGEABLE = Set.of("description", "owner", "base_url", "alias_domain");

    private final DomainRepository domains;
    private final ListRepository lists;
    private final Domains operations;
    private final DomainOwners owners;
    private final SubscriberRepository people;
    private final Shown shown;
    private final ShownPeople shownPeople;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected DomainsResource() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public DomainsResource(
            DomainRepository domains,
            ListRepository lists,
            Domains operations,
            DomainOwners owners,
            SubscriberRepository people,
            Shown shown,
            ShownPeople shownPeople,
            Links links,
            Reading reading,
            IfMatch ifMatch) {
        this.domains = domains;
        this.lists = lists;
        this.operations = operations;
        this.owners = owners;
        this.people = people;
        this.shown = shown;
        this.shownPeople = shownPeople;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@Context UriInfo uri) {
        return listing(Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing listing(Page page) {
        return new Listing(
                page, paging -> reading.within(() -> domains.all(paging).map(shown::domain)));
    }

    @POST
    @Transactional
    public Response create(Fields body) {
        body.check(Set.of("mail_host"), Set.of("description", "owner", "base_url", "alias_domain"));
        ifMatch.requireWhole(() -> listing(Page.ALL));
        try {
            Domain domain = operations.create(
                    body.text("mail_host"),
                    body.optional("description").orElse(null),
                    body.optional("base_url").orElse(null));
            body.optional("alias_domain")
                    .filter(alias -> !alias.isEmpty())
                    .ifPresent(alias -> operations.addAlias(domain.getMailHost(), alias));
            owners.add(domain.getMailHost(), body.all("owner"));
            return Created.at(links.mailman("domains", domain.getMailHost()));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("Duplicate email host: " + Fields.shown(body.text("mail_host")));
        }
    }

    @GET
    @Path("{domain}")
    @Transactional
    public JsonObject one(@PathParam("domain") String name) {
        return shown.domain(known(name));
    }

    @PATCH
    @Path("{domain}")
    @Transactional
    public Response change(@PathParam("domain") String name, Fields body) {
        body.check(Set.of(), CHANGEABLE);
        return changed(known(name), body);
    }

    /** Everything at once; Mailman's clients know no base_url, so without one it stays. */
    @PUT
    @Path("{domain}")
    @Transactional
    public Response replace(@PathParam("domain") String name, Fields body) {
        body.check(Set.of("description", "owner", "alias_domain"), Set.of("base_url"));
        return changed(known(name), body);
    }

    private Response changed(Domain domain, Fields body) {
        ifMatch.require(() -> shown.domain(domain));
        String mailHost = domain.getMailHost();
        operations.change(
                mailHost,
                body.has("description") ? body.text("description") : domain.getDescription(),
                body.has("base_url") ? body.text("base_url") : domain.getBaseUrl());
        try {
            body.optional("alias_domain").ifPresent(alias -> operations.replaceAlias(mailHost, alias));
        } catch (DuplicateException e) {
            throw Refusal.badRequest("Duplicate email host: " + Fields.shown(body.text("alias_domain")));
        }
        if (body.has("owner")) {
            owners.replace(mailHost, body.all("owner"));
        }
        return Created.nothing();
    }

    /** The domain's lists go with it, as with Mailman. */
    @DELETE
    @Path("{domain}")
    @Transactional
    public Response delete(@PathParam("domain") String name) {
        Domain domain = known(name);
        ifMatch.require(() -> shown.domain(domain));
        operations.delete(domain.getMailHost(), true);
        return Created.nothing();
    }

    @GET
    @Path("{domain}/lists")
    public Listing lists(@PathParam("domain") String name, @Context UriInfo uri) {
        Fields query = Query.of(uri).check(Set.of(), Set.of("advertised", "count", "page"));
        boolean advertised = query.flag("advertised", false);
        return new Listing(
                Page.of(query),
                paging -> reading.within(() -> shown.lists(lists.inDomain(known(name), advertised, paging))));
    }

    @GET
    @Path("{domain}/owners")
    public Listing owners(@PathParam("domain") String name, @Context UriInfo uri) {
        return ownersListing(name, Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing ownersListing(String name, Page page) {
        return new Listing(
                page,
                paging -> reading.within(
                        () -> people.ownersOf(known(name), paging).map(shownPeople::user)));
    }

    @POST
    @Path("{domain}/owners")
    @Transactional
    public Response addOwners(@PathParam("domain") String name, Fields body) {
        body.check(Set.of("owner"), Set.of());
        ifMatch.requireWhole(() -> ownersListing(name, Page.ALL));
        owners.add(known(name).getMailHost(), body.all("owner"));
        return Created.nothing();
    }

    @DELETE
    @Path("{domain}/owners")
    @Transactional
    public Response removeOwners(@PathParam("domain") String name) {
        ifMatch.requireWhole(() -> ownersListing(name, Page.ALL));
        owners.removeAll(known(name).getMailHost());
        return Created.nothing();
    }

    private Domain known(String name) {
        return domains.byMailHost(name).orElseThrow(Refusal::notFound);
    }
}
