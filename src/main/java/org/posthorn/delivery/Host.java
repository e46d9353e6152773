package org.posthorn.delivery;

import java.util.List;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.Tls;

/**
 * A smarthost as the transport sees it: a snapshot of its row.
 *
 * @param connections at once from this node
 * @param messagesPerConnection 0: no limit
 * @param rate recipients a second from this node; 0: no limit
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
        int rate) {

    /** Until connections adapt to what the smarthost swallows, {@code auto} means so many. */
    static final int AUTO_CONNECTIONS = 4;

    /** @param hello what EHLO says of us */
    Endpoint endpoint(String hello) {
        return new Endpoint(address, port, tls, username, password, hello);
    }

    /** @return how specific its route for the domain is: -1 none, 0 for *, else the pattern's length */
    int specificity(String domain) {
        int best = -1;
        for (String pattern : domains) {
            boolean fits = pattern.equals("*")
                    || pattern.equals(domain)
                    || pattern.startsWith("*.") && domain.endsWith(pattern.substring(1));
            if (fits) {
                best = Math.max(best, pattern.equals("*") ? 0 : pattern.length());
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return name;
    }
}
