package org.posthorn.chaos;

/**
 * What a smarthost says that it has taken.
 *
 * @param smarthost its name
 * @param node that handed it over, by the name that it gave in EHLO
 * @param connection over which it came; no other of the run is called so
 * @param atMillis when, since 1970
 * @param bodyCrc CRC-32 of the message's body
 */
record Copy(
        String smarthost,
        String node,
        String connection,
        long atMillis,
        String reversePath,
        String recipient,
        String messageId,
        int bodyCrc) {}
