package org.posthorn.queue.runner;

import java.time.Duration;
import org.posthorn.queue.lease.Lease;

/**
 * The place of one slice's runner on this node: it knows whether the runner runs, and wakes or starts it. Closes the race
 * between a runner that ends and work that arrives: a runner may only end while no call came since it last looked.
 */
class RunnerSlot {

    /** An idle runner stays so long: handing over to it takes a millisecond, starting one some sixty. */
    static final Duration LINGER = Duration.ofSeconds(30);

    /**
     * An execution that the batch runtime has taken begins within milliseconds. One that has not begun after so long never
     * will: the runtime's own statements before our step failed, which it tells nobody.
     */
    static final Duration START_LIMIT = Duration.ofSeconds(5);

    /** The limit doubles with each start in vain, since a machine may be that busy; up to 16 times. */
    private static final int MOST_DOUBLINGS = 4;

    private enum State {
        IDLE,
        /** To be handed to the batch runtime. */
        STARTING,
        /** Handed to it. */
        STARTED,
        RUNNING
    }

    private final Lease lease;
    private final Stage stage;
    private final SendingStage sendingStage;
    private final Duration linger;
    private final Duration startLimit;
    private State state = State.IDLE;
    private long handedOver;
    private int startsInVain;
    private boolean called;
    private boolean lingering;
    private boolean stopping;
    private long run;

    /** Exactly one of the stages is not null. */
    RunnerSlot(Lease lease, Stage stage, SendingStage sendingStage) {
        this(lease, stage, sendingStage, LINGER, START_LIMIT);
    }

    RunnerSlot(Lease lease, Stage stage, SendingStage sendingStage, Duration linger, Duration startLimit) {
        this.lease = lease;
        this.stage = stage;
        this.sendingStage = sendingStage;
        this.linger = linger;
        this.startLimit = startLimit;
    }

    Lease lease() {
        return lease;
    }

    boolean isSending() {
        return sendingStage != null;
    }

    Stage stage() {
        return stage;
    }

    SendingStage sendingStage() {
        return sendingStage;
    }

    /** There is work. @return whether a runner has to be started for it */
    synchronized boolean call() {
        called = true;
        if (stopping) {
            return false;
        }
        if (isOverdue()) {
            startsInVain++;
            state = State.IDLE;
        }
        if (state == State.IDLE) {
            state = State.STARTING;
            return true;
        }
        notifyAll();
        return false;
    }

    /** The batch runtime has the execution. It may have begun by now, or even ended. */
    synchronized void handedOver() {
        if (state == State.STARTING) {
            state = State.STARTED;
            handedOver = System.nanoTime();
        }
    }

    /** How many executions that the batch runtime took have not begun, since one last did. */
    synchronized int startsInVain() {
        return startsInVain;
    }

    private boolean isOverdue() {
        return state == State.STARTED
                && System.nanoTime() - handedOver >= startLimit.toNanos() << Math.min(startsInVain, MOST_DOUBLINGS);
    }

    /** A runner begins. @return its number, for {@link #ended}; 0 when it must not */
    synchronized long begin() {
        if (stopping || !isToBegin()) {
            return 0;
        }
        state = State.RUNNING;
        startsInVain = 0;
        return ++run;
    }

    /** The runner is about to look for work: calls up to now are answered by that. */
    synchronized void heard() {
        called = false;
        lingering = false;
    }

    /** Waits for a call. @return false: none came, and the runner has ended */
    synchronized boolean linger() {
        lingering = true;
        long deadline = System.nanoTime() + linger.toNanos();
        while (!called && !stopping) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                state = State.IDLE;
                notifyAll();
                return false;
            }
            await(left);
        }
        return true;
    }

    /** Waits out a pause, unless the slice is to be given up meanwhile. */
    synchronized void pause(Duration pause) {
        long deadline = System.nanoTime() + pause.toNanos();
        for (long left = pause.toMillis(); left > 0 && !stopping; left = (deadline - System.nanoTime()) / 1_000_000) {
            await(left);
        }
    }

    /** The runner has ended, whatever the cause. @return whether a new one has to be started for calls that came meanwhile */
    synchronized boolean ended(long number) {
        if (number != run || state != State.RUNNING) {
            return false; // it ended while lingering, and another may run already
        }
        boolean again = called && !stopping;
        state = again ? State.STARTING : State.IDLE;
        notifyAll();
        return again;
    }

    /** A start failed; the next call tries again. */
    synchronized void notStarted() {
        if (state == State.STARTING) {
            state = State.IDLE;
            notifyAll();
        }
    }

    synchronized void stop() {
        if (isToBegin()) {
            state = State.IDLE; // its execution will find that it must not begin
        }
        stopping = true;
        notifyAll();
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    /** Whether only a call would make it look for work. */
    synchronized boolean isQuiet() {
        return !stopping && (state == State.IDLE || lingering || isOverdue());
    }

    private boolean isToBegin() {
        return state == State.STARTING || state == State.STARTED;
    }

    synchronized boolean isRunning() {
        return state != State.IDLE;
    }

    /** Waits until the runner has ended. @return whether it has */
    synchronized boolean awaitEnd(Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (state != State.IDLE) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            await(left);
        }
        return true;
    }

    private void await(long millis) {
        try {
            wait(Math.max(1, millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    @Override
    public String toString() {
        return lease.queue().label() + "/" + lease.slice();
    }
}
