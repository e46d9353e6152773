package org.posthorn.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The time that all nodes of a site share: the database's, carried on between two readings by this node's monotonic clock.
 * So a node whose clock is wrong, or is put right while it runs, stores and compares the same times as the others: what one
 * makes due now is due now on each. Before the first reading, and beside an embedded database, it is the node's own clock.
 */
public final class SiteClock implements InstantSource {

    private static final Logger LOG = System.getLogger(SiteClock.class.getName());

    /** A reading that was under way for longer says too little where there is one already. */
    private static final Duration LONGEST_TRIP = Duration.ofSeconds(2);

    /** Differences up to here are the network's: following them would make time jump to and fro. */
    private static final Duration JITTER = Duration.ofMillis(20);

    private static final Duration WORTH_A_WARNING = Duration.ofSeconds(5);

    private record Reading(Instant at, long nanos) {

        Instant carriedTo(long now) {
            return at.plusNanos(now - nanos);
        }
    }

    private final InstantSource own;
    private final LongSupplier nanos;
    private volatile Reading reading;
    private volatile boolean warned;

    public SiteClock() {
        this(InstantSource.system(), System::nanoTime);
    }

    SiteClock(InstantSource own, LongSupplier nanos) {
        this.own = own;
        this.nanos = nanos;
    }

    @Override
    public Instant instant() {
        Reading last = reading;
        return last == null ? own.instant() : last.carriedTo(nanos.getAsLong());
    }

    /**
     * Follows the database's clock. Called every few seconds; while the database is away nothing is lost but precision.
     *
     * @param database what its clock said
     * @param asked {@link System#nanoTime} before it was asked
     * @param heard the same when the answer was there
     */
    public synchronized void follow(Instant database, long asked, long heard) {
        long trip = heard - asked;
        Reading next = new Reading(database, asked + trip / 2);
        Reading last = reading;
        if (last != null && trip > LONGEST_TRIP.toNanos()) {
            return; // of the first one there is nothing better
        }
        Duration most = JITTER.plusNanos(trip / 2);
        if (last == null
                || Duration.between(last.carriedTo(heard), next.carriedTo(heard))
                                .abs()
                                .compareTo(most)
                        > 0) {
            if (last != null) {
                sayStepped(Duration.between(last.carriedTo(heard), next.carriedTo(heard)));
            }
            reading = next;
        }
        warn();
    }

    /** All that waits for its time waits longer, or less long: whoever sees that has to know why. */
    private static void sayStepped(Duration by) {
        if (by.abs().compareTo(WORTH_A_WARNING) > 0) {
            LOG.log(
                    Level.ERROR,
                    "ClockStepped seconds={0}: the clock of the database was changed",
                    Long.toString(by.toSeconds()));
        }
    }

    private void warn() {
        Duration off = off().orElse(Duration.ZERO);
        boolean far = off.abs().compareTo(WORTH_A_WARNING) > 0;
        if (far && !warned) {
            LOG.log(
                    Level.WARNING,
                    "ClockOff seconds={0}: so far is this node ahead of the clock of the database, by which it goes",
                    Long.toString(off.toSeconds()));
        }
        warned = far;
    }

    /** @return how far this node's own clock is ahead of the database's; negative: behind; empty: there is no reading of it */
    public Optional<Duration> off() {
        return Optional.ofNullable(reading)
                .map(last -> Duration.between(last.carriedTo(nanos.getAsLong()), own.instant()));
    }
}
