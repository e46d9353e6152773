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
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.posthorn.api.wire.Etag;
import org.posthorn.api.wire.Fields;
import org.posthorn.api.wire.IfMatch;
import org.posthorn.api.wire.Refusal;
import org.posthorn.digest.CollectedPosts;
import org.posthorn.digest.SendDigests;
import org.posthorn.list.Counters;
import org.posthorn.list.Digests;
import org.posthorn.list.ListCounters;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;

/**
 * {@code /3.1/lists/{list}/digest}: the number of the digest that is being collected; sends it before its time.
 */
@Path("lists/{list}/digest")
@ApplicationScoped
public class DigestResource {

    private final ListRepository lists;
    private final ListCounters counters;
    private final Digests digests;
    private final SendDigests sending;
    private final CollectedPosts collected;
    private final IfMatch ifMatch;

    protected DigestResource() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public DigestResource(
            ListRepository lists,
            ListCounters counters,
            Digests digests,
            SendDigests sending,
            CollectedPosts collected,
            IfMatch ifMatch) {
        this.lists = lists;
        this.counters = counters;
        this.digests = digests;
        this.sending = sending;
        this.collected = collected;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject digest(@PathParam("list") String name) {
        long listId = known(name).getId();
        Counters counted = counters.of(listId);
        CollectedPosts.Waiting waiting = collected.waiting(listId);
        return Etag.stamped(Json.createObjectBuilder()
                .add("collected_posts", waiting.posts())
                .add("collected_size", waiting.sizeBytes())
                .add("next_digest_number", counted.nextDigestNumber())
                .add("volume", counted.volume())
                .build());
    }

    @POST
    public Response act(@PathParam("list") String name, Fields body) {
        body.check(Set.of(), Set.of("send", "bump", "periodic"));
        boolean send = body.flag("send", false);
        boolean bump = body.flag("bump", false);
        boolean periodic = body.flag("periodic", false);
        if (send && periodic) {
            throw Refusal.badRequest("send and periodic options are mutually exclusive");
        }
        MailingList list = known(name);
        ifMatch.require(() -> digest(name));
        if (body.names().isEmpty()) {
            return Response.ok().build();
        }
        if (bump) {
            digests.bump(list.getId());
        }
        if (send || periodic && list.digests().isDigestSendPeriodic()) {
            sending.now(list.getId());
        }
        return Response.accepted().build();
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }
}
