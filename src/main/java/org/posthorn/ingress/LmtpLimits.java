package org.posthorn.ingress;

import java.time.Duration;

/**
 * What one client can take of the server's time and room.
 *
 * @param maxMessageBytes larger messages are refused
 * @param maxConnections at once
 * @param maxRecipients of one message
 * @param command how long a whole command may take to come
 * @param dataIdle how long nothing may come within DATA
 * @param dataTotal how long DATA may take altogether
 * @param droppableAfter how long a connection must have been silent before it may make room for another
 */
public record LmtpLimits(
        long maxMessageBytes,
        int maxConnections,
        int maxRecipients,
        Duration command,
        Duration dataIdle,
        Duration dataTotal,
        Duration droppableAfter) {

    /** RFC 5321 section 4.5.3: 5 minutes for a command, 10 after the data; at least 100 recipients. */
    public static LmtpLimits of(long maxMessageBytes, int maxConnections) {
        return new LmtpLimits(
                maxMessageBytes,
                maxConnections,
                1000,
                Duration.ofMinutes(5),
                Duration.ofMinutes(10),
                Duration.ofMinutes(60),
                Duration.ofSeconds(30));
    }
}
