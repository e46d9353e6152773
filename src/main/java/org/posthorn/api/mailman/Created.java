package org.posthorn.api.mailman;

import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Answers without a body, as Mailman gives them. */
final class Created {

    private Created() {}

    /** 201, with the new resource's absolute address. */
    static Response at(String url) {
        return Response.created(URI.create(url)).build();
    }

    /** 204: done. */
    static Response nothing() {
        return Response.noContent().build();
    }
}
