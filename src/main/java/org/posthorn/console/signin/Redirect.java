package org.posthorn.console.signin;

import jakarta.servlet.http.HttpServletResponse;

/** Sends the visitor to another page of this site, by its path alone: the container would put the request's own Host before it. */
public final class Redirect {

    private Redirect() {}

    /** @param path begins with a single slash */
    public static void to(String path, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", path);
    }
}
