package org.posthorn.ingress;

import java.time.Instant;
import java.util.List;
import org.posthorn.queue.MessageSource;

/**
 * A message that came in whole, for recipients that are known.
 *
 * @param sender the reverse-path; empty for the null path
 * @param smtpUtf8 whether the envelope may hold, and the message needs, RFC 6531
 * @param client who handed it over, for the trace
 * @param routes one for each recipient that was accepted, in their order; more than one may lead to the same work
 */
record Arrival(
        String sender,
        boolean smtpUtf8,
        String client,
        List<Route> routes,
        MessageSource message,
        MessageFacts facts,
        Instant receivedAt) {}
