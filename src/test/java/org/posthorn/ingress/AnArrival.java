package org.posthorn.ingress;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.posthorn.ingress.Route.Purpose;
import org.posthorn.queue.MessageSource;

/** Builds arrivals for tests. */
final class AnArrival {

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

    private String messageId = "<1@example.com>";
    private String body = "body";
    private String trace = "";
    private Instant at = NOW;
    private List<Route> routes = List.of(to(1, Purpose.POST));

    static AnArrival anArrival() {
        return new AnArrival();
    }

    static Route to(long listId, Purpose purpose) {
        return to(listId, purpose, "");
    }

    static Route to(long listId, Purpose purpose, String subaddress) {
        return new Route(listId, "list" + listId, "list" + listId + "@example.org", purpose, subaddress);
    }

    AnArrival messageId(String messageId) {
        this.messageId = messageId;
        return this;
    }

    AnArrival body(String body) {
        this.body = body;
        return this;
    }

    /** Fields that an MTA put before the header. */
    AnArrival trace(String trace) {
        this.trace = trace;
        return this;
    }

    AnArrival at(Instant at) {
        this.at = at;
        return this;
    }

    AnArrival routes(Route... routes) {
        this.routes = List.of(routes);
        return this;
    }

    byte[] octets() {
        String id = messageId.isEmpty() ? "" : "Message-ID: " + messageId + "\r\n";
        return (trace + id + "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n" + body + "\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    Arrival build() {
        byte[] octets = octets();
        HeaderScan scan = new HeaderScan();
        scan.take(octets, octets.length);
        return new Arrival("ann@example.com", false, "[127.0.0.1]", routes, MessageSource.of(octets), scan.facts(), at);
    }
}
