package org.posthorn.delivery.smtp;

/**
 * What a smarthost offers of that which makes delivery quick, and how far away it is.
 *
 * @param mostBytes the largest message that it takes; 0: it doesn't say
 * @param roundTripMicros the quickest answer to a command
 */
public record Offer(boolean pipelining, boolean chunking, boolean encrypted, long mostBytes, long roundTripMicros) {}
