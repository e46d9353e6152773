package org.posthorn.delivery.smtp;

import java.time.Duration;

/**
 * How long is waited for what, each longer than nothing. None of these waits is without an end.
 *
 * @param connect for somebody who answers at the address, at all of a name's addresses together
 * @param handshake for TLS
 * @param greeting for the server's first words: a server without a free process keeps connections waiting here, and a runner
 *     is better off with the next smarthost than waiting RFC 5321's five minutes
 * @param command for the replies to all commands that are not named here
 * @param data for the reply to DATA
 * @param end for the reply to a message's end
 * @param write for a single octet to be taken
 * @param idle for a sign of life on a connection that lay idle
 */
record Patience(
        Duration connect,
        Duration handshake,
        Duration greeting,
        Duration command,
        Duration data,
        Duration end,
        Duration write,
        Duration idle) {

    /** RFC 5321 section 4.5.3.2, but for the greeting and what it doesn't speak of. */
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(30),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(3),
            Duration.ofSeconds(10));

    /** The same for all that is read. */
    Patience withReplies(Duration most) {
        Duration shortIdle = most.compareTo(idle) < 0 ? most : idle;
        return new Patience(connect, most, most, most, most, most, write, shortIdle);
    }

    Patience withConnect(Duration most) {
        return new Patience(most, handshake, greeting, command, data, end, write, idle);
    }

    Patience withWrite(Duration most) {
        return new Patience(connect, handshake, greeting, command, data, end, most, idle);
    }
}
