package org.posthorn.chaos;

/**
 * What a smarthost says that it has taken.
 *
 * @param smarthost its name
 * @param connection over which it came; no other of the run is called so
 * @param atMillis when, since 1970
 */
record Copy(
        String smarthost, String connection, long atMillis, String reversePath, String recipient, String messageId) {}
