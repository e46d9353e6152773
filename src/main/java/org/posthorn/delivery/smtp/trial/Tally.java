package org.posthorn.delivery.smtp.trial;

import java.util.Arrays;
import java.util.List;
import org.posthorn.delivery.smtp.Fate;
import org.posthorn.delivery.smtp.Offer;
import org.posthorn.platform.Text;

/** Counts what the feeds of a trial hear. */
final class Tally {

    /** After so many refusals no more is asked. */
    private static final int ENOUGH = 10;

    private long[] nanos = new long[1024];
    private int answers;
    private int copies;
    private int deferred;
    private int refused;
    private int unknown;
    private int turnedAway;
    private int ended;
    private int carried;
    private String said = "";
    private Offer offer;
    private boolean begun;
    private long beganNanos;
    private long lastNanos;

    /** The first message begins. */
    synchronized void begins(long nowNanos) {
        if (!begun) {
            begun = true;
            beganNanos = nowNanos;
            lastNanos = nowNanos;
        }
    }

    synchronized void offer(Offer made) {
        if (offer == null || made.roundTripMicros() < offer.roundTripMicros()) {
            offer = made;
        }
    }

    synchronized void took(List<Fate> fates, long tookNanos) {
        lastNanos = System.nanoTime();
        if (answers == nanos.length) {
            nanos = Arrays.copyOf(nanos, answers * 2);
        }
        nanos[answers++] = tookNanos;
        for (Fate fate : fates) {
            if (fate instanceof Fate.Delivered) {
                copies++;
            } else if (fate instanceof Fate.Deferred || fate instanceof Fate.PostDeferred) {
                deferred++;
                say(fate.reply());
            } else {
                refused++;
                say(fate.reply());
            }
        }
    }

    synchronized void unknown(int recipients) {
        unknown += recipients;
    }

    /** @param messages that the connection had carried; 0: it was not opened, or ended at once */
    synchronized void ended(int messages, String why) {
        turnedAway += messages == 0 ? 1 : 0;
        ended += messages == 0 ? 0 : 1;
        carried = carried == 0 ? messages : carried;
        say(why);
    }

    private void say(String text) {
        if (said.isEmpty()) {
            said = Text.line(text, 300);
        }
    }

    /** A connection that ends after some messages is no sign of that: many smarthosts do so. */
    synchronized boolean isTooMuch() {
        return deferred >= ENOUGH || refused >= ENOUGH || turnedAway > 0;
    }

    synchronized Figures figures(Trial trial) {
        long[] sorted = Arrays.copyOf(nanos, answers);
        Arrays.sort(sorted);
        return new Figures(
                trial.connections(),
                trial.recipients(),
                copies,
                (lastNanos - beganNanos) / 1e9,
                micros(sorted, 0.5),
                micros(sorted, 0.95),
                deferred,
                refused,
                unknown,
                turnedAway,
                ended,
                carried,
                said,
                offer);
    }

    private static long micros(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1000;
    }
}
