package org.posthorn.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.Tls;
import org.posthorn.platform.Hours;

/**
 * A smarthost as the transport sees it: a snapshot of its row.
 *
 * @param connections at once from this node; 0: as many as serve best
 * @param messagesPerConnection 0: no limit
 * @param rate recipients a second from this node; 0: no limit
 * @param deliverUntil until then the hours don't count; null: they do
 */
record Host(
        String name,
        String address,
        int port,
        Tls tls,
        String username,
        String password,
        int weight,
        int connections,
        int messagesPerConnection,
        int recipientsPerMessage,
        boolean fallback,
        List<String> domains,
        String jndi,
        long version,
        int rate,
        Smarthost.Transport transport,
        Hours hours,
        Instant deliverUntil) {

    /** @return whether its link may be used at that moment */
    boolean isOpen(Instant now) {
        return hours.isAlways() || deliverUntil != null && now.isBefore(deliverUntil) || hours.isOpen(now);
    }

    /** @return whether connections and what is known of its health hold for the other as well */
    boolean isSamePlace(Host other) {
        return address.equals(other.address)
                && port == other.port
                && tls == other.tls
                && transport == other.transport
                && Objects.equals(username, other.username)
                && Objects.equals(password, other.password)
                && Objects.equals(jndi, other.jndi);
    }

    /** @param hello what EHLO says of us */
    Endpoint endpoint(String hello) {
        return new Endpoint(address, port, tls, username, password, hello);
    }

    /** @return how specific its route for the domain is: -1 none, 0 for *, else the pattern's length; the domain itself beats all */
    int specificity(String domain) {
        int best = -1;
        for (String pattern : domains) {
            boolean fits = pattern.equals("*")
                    || pattern.equals(domain)
                    || pattern.startsWith("*.") && domain.endsWith(pattern.substring(1));
            if (fits) {
                int length = pattern.equals(domain) ? Integer.MAX_VALUE : pattern.length();
                best = Math.max(best, pattern.equals("*") ? 0 : length);
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return name;
    }
}
