package org.posthorn.api.wire;

import jakarta.ws.rs.core.UriInfo;

/** The query of a request as fields. */
public final class Query {

    private Query() {}

    /** @throws Refusal 400 when it cannot be decoded */
    public static Fields of(UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        return BodyParser.form(query == null ? "" : query);
    }
}
