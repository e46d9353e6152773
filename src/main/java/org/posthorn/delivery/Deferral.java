package org.posthorn.delivery;

import java.time.Duration;
import java.util.Map;

/**
 * What the rest of an entry waits for.
 *
 * @param waiting how many recipients
 * @param delay until it's tried again
 * @param tries how often it was deferred, with this: waiting for a smarthost's hours does not count
 * @param reason in words
 * @param waitsFor what may bring it forward: a smarthost's name, {@link #SEVERAL} or {@link #ANY}; null: its time alone
 * @param attributes the entry's from now on
 */
record Deferral(
        int waiting, Duration delay, int tries, String reason, String waitsFor, Map<String, String> attributes) {

    /** The hours of several smarthosts. */
    static final String SEVERAL = "*";

    /** That any smarthost is up. */
    static final String ANY = "-";
}
