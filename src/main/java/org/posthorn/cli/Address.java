package org.posthorn.cli;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Where the server is. */
final class Address {

    private final Surroundings surroundings;

    Address(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** @param given by the option, or null; @return without a slash at the end */
    URI of(URI given) {
        URI url = given != null
                ? given
                : surroundings.setting("POSTHORN_URL").map(Address::parsed).orElseGet(this::local);
        if (url.getScheme() == null
                || url.getHost() == null
                || !Set.of("http", "https").contains(url.getScheme().toLowerCase(Locale.ROOT))
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw CommandException.usage("the URL " + shown(url)
                    + " is not allowed: http://host:port or https://host, without name and password");
        }
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (java.net.URISyntaxException e) {
            throw CommandException.usage("POSTHORN_URL is no URL");
        }
    }

    private URI local() {
        String bind = surroundings.setting("POSTHORN_HTTP_BIND").orElse("127.0.0.1");
        String host =
                Set.of("0.0.0.0", "::").contains(bind) ? "127.0.0.1" : bind.contains(":") ? "[" + bind + "]" : bind;
        return parsed("http://" + host + ":"
                + surroundings.setting("POSTHORN_HTTP_PORT").orElse("8080"));
    }

    /** @return whether nobody else can read what is sent there */
    static boolean isPrivate(URI url) {
        return url.getScheme().equalsIgnoreCase("https")
                || url.getHost().matches("(?i)localhost|127\\.[0-9.]+|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    }

    private static String shown(URI url) {
        return url.toString().replaceAll("//[^@/]*@", "//***@");
    }
}
