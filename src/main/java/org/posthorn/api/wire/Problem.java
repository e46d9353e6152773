package org.posthorn.api.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.Response;

/**
 * An error as it leaves the server: under {@code /api} as RFC 9457 has it, under {@code /3.1} as Mailman does.
 *
 * @param status 400 to 599
 * @param description why, in words
 */
public record Problem(int status, String description) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** @return the status' name, as RFC 9110 has it */
    public String title() {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }

    /** Mailman's form. */
    public JsonObject asMailman() {
        return Json.createObjectBuilder()
                .add("title", status + " " + title())
                .add("description", description)
                .build();
    }

    /** RFC 9457's form. */
    public JsonObject asProblem() {
        return Json.createObjectBuilder()
                .add("title", title())
                .add("status", status)
                .add("detail", description)
                .build();
    }

    /** @param path of the request, within the application */
    public static boolean isMailman(String path) {
        return path.startsWith("/3.");
    }
}
