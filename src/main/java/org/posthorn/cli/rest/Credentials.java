package org.posthorn.cli.rest;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is sent to be let in. Never printed. */
public final class Credentials {

    private final String header;
    private final String who;

    private Credentials(String header, String who) {
        this.header = header;
        this.who = who;
    }

    /** HTTP Basic (RFC 7617). */
    public static Credentials basic(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials("Basic " + Base64.getEncoder().encodeToString(pair), user);
    }

    /** A service account's token (RFC 6750). */
    public static Credentials token(String token) {
        return new Credentials("Bearer " + token, "the token");
    }

    String header() {
        return header;
    }

    /** @return whose they are, for messages */
    @Override
    public String toString() {
        return who;
    }
}
