package org.posthorn.api.mailman;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.HeldDecision;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Listing;
import org.posthorn.api.wire.Page;
import org.posthorn.api.wire.Query;
import org.posthorn.api.wire.Reading;
import org.posthorn.api.wire.Refusal;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.moderation.DecideHeld;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.HeldDecisions;
import org.posthorn.moderation.HeldMessage;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.queue.MessageStore;

/** {@code /3.1/lists/{list}/held}: posts that wait for a moderator. Of a long post only the beginning is shown. */
@Path("lists/{list}/held")
@ApplicationScoped
public class HeldResource {

    private static final int SHOWN_IN_COLLECTION = 16 << 10;
    private static final int SHOWN_ALONE = 1 << 20;

    private final ListRepository lists;
    private final HeldMessages held;
    private final DecideHeld deciding;
    private final HeldDecisions decisions;
    private final MessageStore messages;
    private final Shown shown;
    private final Reading reading;
    private final IfMatch ifMatch;

    protected HeldResource() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public HeldResource(
            ListRepository lists,
            HeldMessages held,
            DecideHeld deciding,
            HeldDecisions decisions,
            MessageStore messages,
            Shown shown,
            Reading reading,
            IfMatch ifMatch) {
        this.lists = lists;
        this.held = held;
        this.deciding = deciding;
        this.decisions = decisions;
        this.messages = messages;
        this.shown = shown;
        this.reading = reading;
        this.ifMatch = ifMatch;
    }

    @GET
    public Listing all(@PathParam("list") String name, @Context UriInfo uri) {
        Page page = Page.of(Query.of(uri).check(Set.of(), Set.of("count", "page")));
        return new Listing(
                page,
                paging -> reading.within(() -> {
                    MailingList list = known(name);
                    long total = held.count(list.getId());
                    List<HeldMessage> found = paging.start() >= total
                            ? List.of()
                            : held.page(list.getId(), (int) paging.start(), paging.count());
                    return new org.posthorn.list.Page<>(
                            paging.start(),
                            total,
                            found.stream()
                                    .map(one -> shown(list, one, SHOWN_IN_COLLECTION))
                                    .toList());
                }));
    }

    @GET
    @Path("count")
    @Transactional
    public JsonObject count(@PathParam("list") String name) {
        return Etag.stamped(Json.createObjectBuilder()
                .add("count", held.count(known(name).getId()))
                .build());
    }

    @GET
    @Path("{id}")
    @Transactional
    public JsonObject one(@PathParam("list") String name, @PathParam("id") String id) {
        MailingList list = known(name);
        return shown(list, held.find(list.getId(), number(id)).orElseThrow(Refusal::notFound), SHOWN_ALONE);
    }

    @POST
    @Path("{id}")
    @Transactional
    public Response decide(
            @PathParam("list") String name,
            @PathParam("id") String id,
            @Context SecurityContext security,
            Fields body) {
        Decision decision = HeldDecision.read(body, Set.of());
        MailingList in = known(name);
        long list = in.getId();
        long request = number(id);
        HeldMessage present = held.find(list, request).orElseThrow(() -> gone(list, request));
        // A long post shows less of itself, and so another tag, in the collection.
        ifMatch.requireAny(() -> List.of(shown(in, present, SHOWN_ALONE), shown(in, present, SHOWN_IN_COLLECTION)));
        String by = security.getUserPrincipal().getName();
        switch (deciding.decide(list, request, decision, by)) {
            case DONE -> {}
            case NO_SENDER -> throw HeldDecision.noSender();
            case GONE -> throw gone(list, request);
            case FAILED -> throw new IllegalStateException("one alone fails by its exception");
        }
        return Created.nothing();
    }

    /** 404, as Mailman's clients expect it; where somebody has decided, its description says who and what. */
    private Refusal gone(long list, long request) {
        return decisions
                .ofRequest(list, request)
                .map(first -> new Refusal(404, "It was " + first.event() + " by " + first.by() + " at " + first.at()))
                .orElseGet(Refusal::notFound);
    }

    private JsonObject shown(MailingList list, HeldMessage one, int most) {
        return shown.held(one, list.getListId(), messages.head(one.messageId(), most));
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }

    private static long number(String id) {
        if (!id.matches("[0-9]{1,18}")) {
            throw Refusal.notFound();
        }
        return Long.parseLong(id);
    }
}
