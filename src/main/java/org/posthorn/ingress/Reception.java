package org.posthorn.ingress;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.posthorn.ingress.room.Room;

/**
 * What all connections share.
 *
 * @param host the name under which this server greets and signs trace fields
 * @param room whether there is any for more mail
 * @param certificate what STARTTLS is offered with; empty: it is not
 */
record Reception(
        String host,
        LmtpLimits limits,
        RecipientRouter router,
        Committer committer,
        Spool spool,
        Clock clock,
        AtomicLong serial,
        Optional<ServerCertificate> certificate,
        Room room) {

    /** An id for one message's arrival: in the trace field, the reply and the log. */
    String newId() {
        return Long.toString(clock.instant().toEpochMilli(), 36) + "." + Long.toString(serial.incrementAndGet(), 36);
    }
}
