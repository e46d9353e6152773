package org.posthorn.api.wire;

import jakarta.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Set;

/**
 * Sends a resource's {@code http_etag} as the field {@code ETag} too, and only 304 where {@code If-None-Match} says that
 * the client has it. Collections are streamed: their tag stands at their end and nowhere else.
 */
public class Tagged implements ContainerResponseFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD");

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!READS.contains(request.getMethod())
                || response.getStatus() != 200
                || !(response.getEntity() instanceof JsonObject resource)
                || !resource.containsKey("http_etag")) {
            return;
        }
        String tag = resource.getString("http_etag");
        response.getHeaders().putSingle("ETag", tag);
        String known = request.getHeaderString("If-None-Match");
        if (known != null && Etag.isAmong(tag, known)) {
            response.setEntity(null);
            response.setStatus(304);
        }
    }
}
