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
import org.posthorn.list.Counters;
import org.posthorn.list.Digests;
import org.posthorn.list.ListCounters;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;

/**
 * {@code /3.1/lists/{list}/digest}: the number of the digest that is being collected. As long as no stage collects posts
 * for digests, sending finds nothing to send, as it does with Mailman where nothing has been posted.
 */
@Path("lists/{list}/digest")
@ApplicationScoped
public class DigestResource {

    private final ListRepository lists;
    private final ListCounters counters;
    private final Digests digests;
    private final IfMatch ifMatch;

    protected DigestResource() {
        this(null, null, null, null);
    }

    @Inject
    public DigestResource(ListRepository lists, ListCounters counters, Digests digests, IfMatch ifMatch) {
        this.lists = lists;
        this.counters = counters;
        this.digests = digests;
        this.ifMatch = ifMatch;
    }

    @GET
    @Transactional
    public JsonObject digest(@PathParam("list") String name) {
        Counters counted = counters.of(known(name).getId());
        return Etag.stamped(Json.createObjectBuilder()
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
        ifMatch.require(() -> digest(name));
        if (body.names().isEmpty()) {
            return Response.ok().build();
        }
        if (bump) {
            digests.bump(known(name).getId());
        } else {
            known(name);
        }
        return Response.accepted().build();
    }

    private MailingList known(String name) {
        return lists.byAnyName(name).orElseThrow(Refusal::notFound);
    }
}
