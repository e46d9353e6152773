package org.posthorn.queue.lease;

import java.time.Duration;

/** Lets the keeper's threads wait, be woken and be told to end, without interrupts. */
final class Signal {

    private boolean woken;
    private boolean lookingClosed;
    private boolean closed;

    /**
     * Waits.
     *
     * @param looking the thread that looks for slices: woken by {@link #wake}, and told to end first
     * @return false: the thread is to end
     */
    synchronized boolean await(Duration time, boolean looking) {
        long deadline = System.nanoTime() + time.toNanos();
        while (!(looking ? lookingClosed || woken : closed)) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                return false; // the container ends the thread
            }
        }
        if (looking) {
            woken = false;
        }
        return looking ? !lookingClosed : !closed;
    }

    /** A pause of the looking thread, or of the one that starts it. @throws InterruptedException when told to end */
    void pause(Duration time) throws InterruptedException {
        if (!await(time, true)) {
            throw new InterruptedException("closed");
        }
    }

    synchronized void wake() {
        woken = true;
        notifyAll();
    }

    synchronized void closeLooking() {
        lookingClosed = true;
        notifyAll();
    }

    synchronized void close() {
        lookingClosed = true;
        closed = true;
        notifyAll();
    }
}
