package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Links;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.AddressPattern;
import org.posthorn.list.Ban;
import org.posthorn.list.BanRepository;
import org.posthorn.list.Bans;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;

/** What {@link BansResource} and {@link ListBansResource} share. A list of null is the whole site. */
@ApplicationScoped
public class BanRequests {

    private static final String BACKSLASH = "%5C";

    private final ListRepository lists;
    private final BanRepository bans;
    private final Bans operations;
    private final Links links;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected BanRequests() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public BanRequests(
            ListRepository lists, BanRepository bans, Bans operations, Links links, Reading reading, IfMatch ifMatch) {
        this.lists = lists;
        this.bans = bans;
        this.operations = operations;
        this.links = links;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    Listing all(String listName, UriInfo uri) {
        return listing(listName, Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page"))));
    }

    private Listing listing(String listName, Page page) {
        return new Listing(
                page,
                paging -> reading.within(() -> {
                    MailingList list = known(listName);
                    return bans.of(list, paging).map(this::shown);
                }));
    }

    @Transactional
    public Response add(String listName, Fields body) {
        body.check(Set.of("email"), Set.of());
        ifMatch.requireWhole(() -> listing(listName, Page.ALL));
        MailingList list = known(listName);
        String email = stored(body.text("email"));
        if (bans.find(list, email).isPresent()) {
            throw Refusal.badRequest("Address is already in ban list: " + Fields.shown(email));
        }
        operations.ban(list == null ? null : list.getId(), email);
        return Created.at(link(list, email));
    }

    @Transactional
    public JsonObject one(String listName, String email) {
        return shown(find(known(listName), email).orElseThrow(Refusal::notFound));
    }

    @Transactional
    public Response lift(String listName, String email) {
        MailingList list = known(listName);
        Ban ban = find(list, email).orElseThrow(Refusal::notFound);
        ifMatch.require(() -> shown(ban));
        operations.lift(list == null ? null : list.getId(), ban.getEmail());
        return Created.nothing();
    }

    /** What can be no ban is none. A backslash may come as %5C, see {@link #link}. */
    private Optional<Ban> find(MailingList list, String email) {
        Optional<Ban> found = literally(list, email);
        return found.isPresent() || !email.contains(BACKSLASH)
                ? found
                : literally(list, email.replace(BACKSLASH, "\\"));
    }

    private Optional<Ban> literally(MailingList list, String email) {
        try {
            return bans.find(list, stored(email));
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }

    private static String stored(String email) {
        return AddressPattern.parse("email", email).text();
    }

    private JsonObject shown(Ban ban) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("email", ban.getEmail());
        ban.list().ifPresent(list -> json.add("list_id", list.getListId()));
        return Etag.stamped(json.add("self_link", link(ban.list().orElse(null), ban.getEmail()))
                .build());
    }

    /** The server refuses every path with a backslash, encoded or not: in links it is encoded twice. */
    private String link(MailingList list, String text) {
        String email = text.replace("\\", BACKSLASH);
        return list == null ? links.mailman("bans", email) : links.mailman("lists", list.getListId(), "bans", email);
    }

    private MailingList known(String listName) {
        return listName == null ? null : lists.byAnyName(listName).orElseThrow(Refusal::notFound);
    }
}
