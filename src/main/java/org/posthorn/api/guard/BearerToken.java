package org.posthorn.api.guard;

import java.util.Optional;
import java.util.regex.Pattern;

/** The token of {@code Authorization: Bearer} (RFC 6750). */
final class BearerToken {

    private static final String SCHEME = "bearer ";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private BearerToken() {}

    /** @param authorization the header's value, or null; @return empty when it is none */
    static Optional<String> parse(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length()).strip();
        return TOKEN.matcher(token).matches() ? Optional.of(token) : Optional.empty();
    }
}
