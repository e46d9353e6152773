package org.posthorn.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.settings.Cidr;

/** Where a request comes from: the peer, or, where the peer is a trusted proxy, whom it forwards for. */
public final class ClientAddress {

    private ClientAddress() {}

    public static InetAddress of(HttpServletRequest request, List<Cidr> trustedProxies) {
        return of(request.getRemoteAddr(), Collections.list(request.getHeaders("X-Forwarded-For")), trustedProxies);
    }

    /**
     * Goes from the nearest hop to the farthest as long as each is trusted: what stands before the first untrusted one
     * is anybody's invention.
     */
    static InetAddress of(String peer, List<String> forwardedFor, List<Cidr> trustedProxies) {
        InetAddress address = literal(peer).orElseGet(InetAddress::getLoopbackAddress);
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(line -> hops.addAll(List.of(line.split(","))));
        for (int i = hops.size() - 1; i >= 0 && Cidr.anyContains(trustedProxies, address); i--) {
            Optional<InetAddress> hop = literal(hops.get(i).strip());
            if (hop.isEmpty()) {
                break;
            }
            address = hop.get();
        }
        return address;
    }

    /** Names are never looked up. */
    private static Optional<InetAddress> literal(String text) {
        int zone = text.indexOf('%');
        return Cidr.parse(zone < 0 ? text : text.substring(0, zone)).flatMap(cidr -> {
            try {
                return Optional.of(InetAddress.getByAddress(cidr.network()));
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        });
    }
}
