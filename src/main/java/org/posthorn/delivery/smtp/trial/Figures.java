package org.posthorn.delivery.smtp.trial;

import org.posthorn.delivery.smtp.Offer;

/**
 * What came of a {@link Trial}.
 *
 * @param copies that the smarthost took
 * @param seconds from the first message's begin to the last answer, without the time to connect
 * @param medianMicros from a message's begin to its answer, as it waits behind others on its connection
 * @param p95Micros the same, which 95 of 100 messages did not reach
 * @param deferred recipients answered 4xx
 * @param refused recipients answered 5xx
 * @param unknown recipients of whom nobody knows: the connection ended first
 * @param turnedAway connections that the smarthost would not open, or ended before the first message
 * @param ended connections that it ended after some messages
 * @param carried how many messages the first of those had carried; 0: there was none
 * @param said the first answer that was no success, on one line; else empty
 * @param offer what the smarthost offers; null when nothing could be learned
 */
public record Figures(
        int connections,
        int recipients,
        int copies,
        double seconds,
        long medianMicros,
        long p95Micros,
        int deferred,
        int refused,
        int unknown,
        int turnedAway,
        int ended,
        int carried,
        String said,
        Offer offer) {

    /** @return copies a second */
    public double rate() {
        return seconds <= 0 ? 0 : copies / seconds;
    }

    /** @return whether nothing was put off or refused; to end a connection after some messages is no refusal */
    public boolean isClean() {
        return copies > 0 && deferred == 0 && refused == 0 && turnedAway == 0;
    }
}
