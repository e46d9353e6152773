package org.posthorn.api.wire;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * {@code If-Match} of the present request (RFC 9110 section 13.1.1): a change is made only to what the client has seen. Every
 * write of Mailman's API asks here first; the tag is that of the resource that the path names, as GET shows it. Nothing is
 * read where a request sets no such condition.
 */
@ApplicationScoped
public class IfMatch {

    private final HttpServletRequest request;

    protected IfMatch() {
        this(null);
    }

    /** @param request the present one, whichever that is */
    @Inject
    public IfMatch(HttpServletRequest request) {
        this.request = request;
    }

    /**
     * @param shown the resource as it would be shown now, stamped; within the transaction that changes it
     * @throws Refusal 412 when the client has seen another state
     */
    public void require(Supplier<JsonObject> shown) {
        requireAny(() -> List.of(shown.get()));
    }

    /**
     * @param shown each way in which what is changed is shown; none where there is nothing yet, which no tag names
     * @throws Refusal 412 when the client has seen none of them
     */
    public void requireAny(Supplier<List<JsonObject>> shown) {
        require(tags -> shown.get().stream().anyMatch(one -> Etag.isAmong(one.getString("http_etag"), tags)));
    }

    /**
     * For what is added to a collection or takes all of it away. The collection is read before, in transactions of its own:
     * it may be too long for one.
     *
     * @param whole all of its pages
     * @throws Refusal 412 when the client has seen another state
     */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    public void requireWhole(Supplier<Listing> whole) {
        require(tags -> Etag.isAmong(whole.get().tag(), tags));
    }

    /** Whether the client says what it has seen. */
    public boolean isAsked() {
        return request.getHeader("If-Match") != null;
    }

    private void require(Predicate<String> known) {
        List<String> fields = Collections.list(request.getHeaders("If-Match"));
        if (!fields.isEmpty() && !known.test(String.join(",", fields))) {
            throw new Refusal(412, "It has been changed since it was read");
        }
    }
}
