package org.posthorn.console.signin;

/** Where to go after signing in, as an address of this site: one that led elsewhere would be an open redirect. */
final class ReturnPath {

    private static final String FRONT = "/";

    private ReturnPath() {}

    /** @param next from the query, may be null; @return it, or the front page */
    static String safe(String next) {
        if (next == null
                || next.length() > 2000
                || !next.matches("/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*")
                || next.startsWith("//")) {
            return FRONT;
        }
        return next.startsWith("/login") || next.startsWith("/logout") ? FRONT : next;
    }
}
