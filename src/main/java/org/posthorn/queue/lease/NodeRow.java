package org.posthorn.queue.lease;

import java.time.Instant;

/**
 * A node as the database has it.
 *
 * @param incarnation its present or last life; {@link #STRUCK} once another node found it lapsed
 * @param weight its share of the slices, 1 to 1000
 * @param draining whether it is to give up its slices
 * @param beats grows with each renewal
 * @param expiresAt by the database's clock: until then its leases hold
 */
public record NodeRow(
        String name,
        String incarnation,
        int weight,
        boolean draining,
        long beats,
        Instant startedAt,
        Instant expiresAt) {

    /** Stands for an incarnation that was found lapsed: no renewal, however late it reads its clock, can match it. */
    public static final String STRUCK = "";
}
