package org.posthorn.api.mailman;

import jakarta.json.Json;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import org.posthorn.api.wire.Etag;
import org.posthorn.list.subscription.Outcome;

/** What is answered to a change, as Mailman does. */
final class Created {

    private Created() {}

    /** 201, with the new resource's absolute address. */
    static Response at(String url) {
        return Response.created(URI.create(url)).build();
    }

    /** 202: somebody is to be asked first. */
    static Response later(Outcome.Waits waits) {
        return Response.accepted(Etag.stamped(Json.createObjectBuilder()
                        .add("token", waits.token())
                        .add("token_owner", waits.owner().name().toLowerCase(Locale.ROOT))
                        .build()))
                .build();
    }

    /** 204: done. */
    static Response nothing() {
        return Response.noContent().build();
    }
}
