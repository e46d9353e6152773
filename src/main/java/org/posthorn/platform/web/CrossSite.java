package org.posthorn.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Tells a request that another site makes a browser send, by the headers that browsers add and pages cannot forge
 * (Fetch Metadata; RFC 6454). Programs send neither.
 */
public final class CrossSite {

    private static final Set<String> OWN = Set.of("same-origin", "none");

    private CrossSite() {}

    /** @param publicUrl where this site is seen from */
    public static boolean isCrossSite(HttpServletRequest request, String publicUrl) {
        return isCrossSite(
                request.getHeader("Sec-Fetch-Site"), request.getHeader("Origin"), request.getHeader("Host"), publicUrl);
    }

    static boolean isCrossSite(String fetchSite, String origin, String host, String publicUrl) {
        if (fetchSite != null && !OWN.contains(fetchSite.strip().toLowerCase(Locale.ROOT))) {
            return true;
        }
        return origin != null && !isOwn(origin.strip(), host, publicUrl);
    }

    private static boolean isOwn(String origin, String host, String publicUrl) {
        URI seen = URI.create(publicUrl);
        if (origin.equalsIgnoreCase(seen.getScheme() + "://" + seen.getAuthority())) {
            return true;
        }
        int slashes = origin.indexOf("://");
        return slashes > 0 && host != null && origin.substring(slashes + 3).equalsIgnoreCase(host);
    }
}
