package org.posthorn.api.wire;

import jakarta.json.JsonObject;
import java.util.Arrays;

/** {@code If-Match} (RFC 9110 section 13.1.1): a change is made only to what the client has seen. */
public final class IfMatch {

    private IfMatch() {}

    /**
     * @param header the field's value, or null without one
     * @param current the resource as it would be shown now, stamped; several where more than one shows what is changed
     * @throws Refusal 412 when the client has seen another state
     */
    public static void require(String header, JsonObject... current) {
        if (header != null
                && Arrays.stream(current).noneMatch(one -> Etag.isAmong(one.getString("http_etag"), header))) {
            throw new Refusal(412, "It has been changed since it was read");
        }
    }
}
