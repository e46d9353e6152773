package org.posthorn.queue.lease.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.lease.FenceRow;
import org.posthorn.queue.lease.HashSlice;
import org.posthorn.queue.lease.Incarnation;
import org.posthorn.queue.lease.Lease;
import org.posthorn.queue.lease.LeaseRow;
import org.posthorn.queue.lease.NodeRow;
import org.posthorn.queue.lease.SlicePlan;

/**
 * What can happen next, whatever the state. Each step is one database transaction, or one statement of a runner's, or one
 * thing that a node learns; between any two of them any other node's steps may come, so a node that is paused is simply
 * one whose next step comes late. Where the product would choose (which slices to take, when to give up), the model lets
 * everything happen.
 *
 * <p>Past 300 lines it would be two classes; the steps are easier to compare with the product's when they stand together.
 */
final class Model {

    private static final QueueName QUEUE = QueueName.OUT;
    private static final Instant NOW = Instant.EPOCH.plus(Duration.ofDays(1));
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LONG_AFTER = Duration.ofSeconds(13);

    private static final Incarnation[][] INCARNATIONS = new Incarnation[4][16];

    static {
        for (int node = 0; node < INCARNATIONS.length; node++) {
            for (int life = 0; life < INCARNATIONS[node].length; life++) {
                INCARNATIONS[node][life] =
                        new Incarnation("n" + node, life == 0 ? NodeRow.STRUCK : Integer.toString(life));
            }
        }
    }

    /**
     * Where a step leads.
     *
     * @param node whose it is; -1: nobody's
     * @param violation what must never be; empty when all is well
     */
    record Step(String what, int node, int slice, State next, Optional<String> violation) {

        String name() {
            return (node < 0 ? "" : "n" + node + ": ") + what + (slice < 0 ? "" : " (slice " + slice + ")");
        }
    }

    private final Bounds bounds;
    private final Rules rules;

    Model(Bounds bounds, Rules rules) {
        this.bounds = bounds;
        this.rules = rules;
    }

    /** @return all that can happen next */
    List<Step> steps(State state) {
        List<Step> steps = new ArrayList<>();
        for (int node = 0; node < bounds.nodes(); node++) {
            life(state, node, steps);
            renewal(state, node, steps);
            for (int slice = 0; slice < state.slicesNow(); slice++) {
                take(state, node, slice, steps);
            }
            for (int slice = 0; slice < bounds.mostSlices(); slice++) {
                giveUp(state, node, slice, steps);
                begin(state, node, slice, steps);
            }
            for (int runner = 0; runner < state.runners(); runner++) {
                run(state, node, runner, steps);
            }
        }
        cut(state, steps);
        return steps;
    }

    /** All slices have a holder that lives and knows of it, and all work is done. */
    boolean isWell(State state) {
        for (int slice = 0; slice < state.slicesNow(); slice++) {
            int node = state.holder(slice) - 1;
            if (node < 0
                    || !lives(state, node, state.holderLife(slice))
                    || !state.up(node)
                    || state.life(node) != state.holderLife(slice)
                    || state.heldGeneration(node, slice) != state.generation()
                    || state.heldEpoch(node, slice) != state.epoch(slice)) {
                return false;
            }
        }
        for (int entry = 0; entry < bounds.entries(); entry++) {
            if (state.done(entry) != 1) {
                return false;
            }
        }
        return !state.closing() && (bounds.nextSlices() == 0 || state.generation() == 2);
    }

    private static boolean lives(State state, int node, int life) {
        return state.rowLife(node) == life && !state.expired(node);
    }

    // Processes
    // --------------------------------------------------------------------------------------------------------

    private void life(State state, int node, List<Step> steps) {
        boolean believes = state.up(node) && state.life(node) != 0;
        if (state.up(node) && state.faults() > 0) {
            State next = state.copy();
            next.forgetProcess(node);
            next.faults(state.faults() - 1);
            add(steps, "crash", node, -1, next);
        }
        boolean slow = believes && state.life(node) == state.rowLife(node);
        if (state.rowLife(node) != 0 && !state.expired(node) && (!slow || state.faults() > 0)) {
            State next = state.copy();
            next.expired(node, true);
            if (slow) {
                // By the time the database's clock is past the row's time, the node's own is past its deadline.
                next.pastDeadline(node, true);
                next.faults(state.faults() - 1);
            }
            if (state.renewal(node) == State.RENEWED) {
                next.renewal(node, State.RENEWED_LONG_AGO);
            }
            add(steps, "lapse", node, -1, next);
        }
        if (believes && state.pastDeadline(node) && mayForget(state, node)) {
            add(steps, "see the deadline", node, -1, forgetLeases(state, node));
        }
        if (!believes && rules.mayJoin(row(state, node), NOW)) {
            State next = state.copy();
            int life = state.livesUsed(node) + 1;
            next.up(node, true);
            next.livesUsed(node, life);
            next.life(node, life);
            next.rowLife(node, life);
            next.expired(node, false);
            next.pastDeadline(node, false);
            add(steps, "join", node, -1, next);
        }
    }

    /** A runner in the midst of its work goes on with what it has; there is room in the model for one such. */
    private static boolean mayForget(State state, int node) {
        int busy = 0;
        for (int runner = 0; runner < state.runners(); runner++) {
            busy += state.phase(node, runner) != State.IDLE ? 1 : 0;
        }
        return busy <= 1;
    }

    private State forgetLeases(State state, int node) {
        State next = state.copy();
        next.life(node, 0);
        next.renewal(node, State.NONE);
        next.pastDeadline(node, false);
        for (int slice = 0; slice < bounds.mostSlices(); slice++) {
            next.held(node, slice, 0, 0);
            if (state.phase(node, slice) != State.IDLE) {
                next.outlive(node, slice);
            }
        }
        return next;
    }

    // Renewals
    // ---------------------------------------------------------------------------------------------------------

    private void renewal(State state, int node, List<Step> steps) {
        if (!state.up(node) || state.life(node) == 0) {
            return;
        }
        State next = state.copy();
        switch (state.renewal(node)) {
            case State.NONE -> {
                boolean inTime = rules.mayRenew(incarnation(node, state.life(node)), row(state, node), NOW);
                next.renewal(node, inTime ? State.CLOCK_READ : State.REFUSED);
                add(steps, "renewal reads the clock", node, -1, next);
            }
            case State.CLOCK_READ -> {
                // The row as it is now, under the lock, but the clock as it was.
                NodeRow asRead = nodeRow(node, state.rowLife(node), false);
                if (rules.mayRenew(incarnation(node, state.life(node)), asRead, NOW)) {
                    next.renewal(node, State.RENEWED);
                    next.rowLife(node, state.life(node));
                    next.expired(node, false);
                } else {
                    next.renewal(node, State.REFUSED);
                }
                add(steps, "renewal writes", node, -1, next);
            }
            case State.RENEWED, State.RENEWED_LONG_AGO -> {
                next.renewal(node, State.NONE);
                next.pastDeadline(
                        node, rules.isPastOnArrival(state.renewal(node) == State.RENEWED ? SOON : LONG_AFTER));
                add(steps, "renewal is answered", node, -1, next);
            }
            default -> {
                if (mayForget(state, node)) {
                    add(steps, "renewal is refused", node, -1, forgetLeases(state, node));
                }
            }
        }
    }

    // Leases
    // -----------------------------------------------------------------------------------------------------------

    private void take(State state, int node, int slice, List<Step> steps) {
        if (!state.up(node)
                || state.life(node) == 0
                || state.heldGeneration(node, slice) != 0
                || state.phase(node, slice) != State.IDLE
                || isFenceLocked(state, slice)) {
            return; // the product waits for the fence's lock: here, the step is not yet
        }
        // A generation that has begun to close may have been read as open a moment before: so that may be taken too.
        if (state.closing() && state.handOvers() == 0) {
            return;
        }
        Incarnation taker = incarnation(node, state.life(node));
        LeaseRow lease = lease(state, slice);
        NodeRow holder = holderRow(state, slice);
        if (!rules.mayTake(taker, lease, holder, NOW)) {
            return;
        }
        State next = state.copy();
        if (state.closing()) {
            next.handOvers(state.handOvers() - 1);
        }
        if (rules.mustStrike(lease, holder, NOW)) {
            next.rowLife(state.holder(slice) - 1, 0);
        }
        int epoch = (int) rules.epochAfter(state.epoch(slice));
        next.lease(slice, node + 1, state.life(node), epoch);
        next.fence(slice, state.generation(), epoch);
        next.held(node, slice, state.generation(), epoch);
        add(steps, "take", node, slice, next);
    }

    private void giveUp(State state, int node, int slice, List<Step> steps) {
        boolean idle = state.phase(node, slice) == State.IDLE;
        boolean holds = state.heldGeneration(node, slice) != 0;
        if (holds && idle && (state.closing() || state.handOvers() > 0)) {
            State next = state.copy();
            next.held(node, slice, 0, 0);
            if (!state.closing()) {
                next.handOvers(state.handOvers() - 1);
            }
            add(steps, "give up", node, slice, next);
        }
        boolean rowIsMine = state.up(node)
                && state.life(node) != 0
                && state.holder(slice) == node + 1
                && state.holderLife(slice) == state.life(node);
        if (!holds && idle && rowIsMine) {
            State next = state.copy();
            next.lease(slice, State.NOBODY, 0, state.epoch(slice));
            add(steps, "release", node, slice, next);
        }
    }

    private void cut(State state, List<Step> steps) {
        if (bounds.nextSlices() > 0 && state.generation() == 1 && !state.closing()) {
            State next = state.copy();
            next.closing(true);
            add(steps, "new cut wanted", -1, -1, next);
        }
        if (!state.closing()) {
            return;
        }
        List<Boolean> free = new ArrayList<>();
        int epoch = 0;
        for (int slice = 0; slice < state.slicesNow(); slice++) {
            if (isFenceLocked(state, slice)) {
                return;
            }
            free.add(rules.mayTake(null, lease(state, slice), holderRow(state, slice), NOW));
            epoch = Math.max(epoch, state.epoch(slice));
        }
        if (!rules.mayOpen(
                new SlicePlan(QUEUE, state.generation(), state.slicesNow(), bounds.nextSlices(), 1, 1), free)) {
            return;
        }
        State next = state.copy();
        for (int slice = 0; slice < state.slicesNow(); slice++) {
            if (rules.mustStrike(lease(state, slice), holderRow(state, slice), NOW)) {
                next.rowLife(state.holder(slice) - 1, 0);
            }
        }
        next.generation(2);
        next.closing(false);
        for (int slice = 0; slice < bounds.mostSlices(); slice++) {
            boolean there = slice < bounds.nextSlices();
            int nextEpoch = there ? (int) rules.epochAfter(epoch) : 0;
            next.lease(slice, State.NOBODY, 0, nextEpoch);
            next.fence(slice, there ? 2 : 0, nextEpoch);
        }
        add(steps, "new cut opens", -1, -1, next);
    }

    private boolean isFenceLocked(State state, int slice) {
        for (int node = 0; node < bounds.nodes(); node++) {
            for (int runner = 0; runner < state.runners(); runner++) {
                if (state.phase(node, runner) == State.FENCED && state.runnerSlice(node, runner) == slice) {
                    return true;
                }
            }
        }
        return false;
    }

    // Runners
    // ----------------------------------------------------------------------------------------------------------

    private void begin(State state, int node, int slice, List<Step> steps) {
        int generation = state.heldGeneration(node, slice);
        if (generation == 0 || state.phase(node, slice) != State.IDLE || state.pastDeadline(node)) {
            return;
        }
        for (int entry = 0; entry < bounds.entries(); entry++) {
            long hash = Long.MAX_VALUE / bounds.entries() * entry + 1;
            if (state.done(entry) == 0
                    && HashSlice.of(hash, state.slices(generation)).slice() == slice) {
                State next = state.copy();
                next.begin(node, slice, entry, slice, generation, state.heldEpoch(node, slice), state.life(node));
                add(steps, "read", node, slice, next);
            }
        }
    }

    private void run(State state, int node, int runner, List<Step> steps) {
        int phase = state.phase(node, runner);
        if (phase == State.IDLE) {
            return;
        }
        int slice = state.runnerSlice(node, runner);
        int entry = state.runnerEntry(node, runner);
        State next = state.copy();
        switch (phase) {
            case State.READ -> {
                if (isEntryLocked(state, entry)) {
                    return;
                }
                if (state.done(entry) == 0) {
                    next.phase(node, runner, State.DELETED);
                } else {
                    next.end(node, runner); // it deleted no row: somebody else did
                }
                add(steps, "delete", node, slice, next);
            }
            case State.DELETED -> {
                if (!isFenceLocked(state, slice)) {
                    if (rules.mayCommit(
                            runnersLease(state, node, runner),
                            new FenceRow(state.fenceGeneration(slice), state.fenceEpoch(slice)))) {
                        next.phase(node, runner, State.FENCED);
                    } else {
                        next.end(node, runner);
                    }
                    add(steps, "fence", node, slice, next);
                }
            }
            default -> {
                next.done(entry, state.done(entry) + 1);
                next.end(node, runner);
                steps.add(new Step(
                        "commit",
                        node,
                        slice,
                        next,
                        commitViolation(state, node, runner).or(() -> violation(next))));
            }
        }
        if (phase != State.READ) {
            // The database ends the session: of a process that froze in a transaction, or by its own restart.
            State rolledBack = state.copy();
            rolledBack.end(node, runner);
            add(steps, "roll back", node, slice, rolledBack);
        }
    }

    private boolean isEntryLocked(State state, int entry) {
        for (int node = 0; node < bounds.nodes(); node++) {
            for (int runner = 0; runner < state.runners(); runner++) {
                if (state.phase(node, runner) >= State.DELETED && state.runnerEntry(node, runner) == entry) {
                    return true;
                }
            }
        }
        return false;
    }

    // What must never be
    // ---------------------------------------------------------------------------------------------------

    /** Only the slice's present holder, under its present epoch, commits: so never two under one. */
    private Optional<String> commitViolation(State state, int node, int runner) {
        int slice = state.runnerSlice(node, runner);
        boolean current = state.generation() == state.runnerGeneration(node, runner)
                && state.holder(slice) == node + 1
                && state.holderLife(slice) == state.runnerLife(node, runner)
                && state.epoch(slice) == state.runnerEpoch(node, runner);
        return current
                ? Optional.empty()
                : Optional.of("n" + node + " committed on slice " + slice + " without holding it");
    }

    private Optional<String> violation(State state) {
        for (int entry = 0; entry < bounds.entries(); entry++) {
            if (state.done(entry) > 1) {
                return Optional.of("entry " + entry + " was done twice");
            }
        }
        for (int node = 0; node < bounds.nodes(); node++) {
            for (int slice = 0; slice < bounds.mostSlices(); slice++) {
                if (maySend(state, node, slice) && !isHolder(state, node, slice)) {
                    return Optional.of("n" + node + " would send for slice " + slice + ", which is another's");
                }
            }
        }
        return Optional.empty();
    }

    /** A sender looks at its deadline and sends. */
    private static boolean maySend(State state, int node, int slice) {
        return state.up(node) && state.heldGeneration(node, slice) != 0 && !state.pastDeadline(node);
    }

    private static boolean isHolder(State state, int node, int slice) {
        return state.heldGeneration(node, slice) == state.generation()
                && state.holder(slice) == node + 1
                && state.holderLife(slice) == state.life(node)
                && state.epoch(slice) == state.heldEpoch(node, slice);
    }

    // As the product's rules want it
    // ------------------------------------------------------------------------------------

    private static Incarnation incarnation(int node, int life) {
        return INCARNATIONS[node][life];
    }

    private static NodeRow row(State state, int node) {
        boolean never = state.livesUsed(node) == 0;
        return never ? null : nodeRow(node, state.rowLife(node), state.expired(node));
    }

    private static NodeRow nodeRow(int node, int life, boolean expired) {
        Incarnation incarnation = incarnation(node, life);
        return new NodeRow(
                incarnation.node(), incarnation.id(), 1, false, 0, Instant.EPOCH, expired ? NOW : NOW.plus(SOON));
    }

    private static NodeRow holderRow(State state, int slice) {
        return state.holder(slice) == State.NOBODY ? null : row(state, state.holder(slice) - 1);
    }

    private static LeaseRow lease(State state, int slice) {
        Incarnation holder = state.holder(slice) == State.NOBODY
                ? null
                : incarnation(state.holder(slice) - 1, state.holderLife(slice));
        return new LeaseRow(QUEUE, slice, state.generation(), state.epoch(slice), holder, null);
    }

    private static Lease runnersLease(State state, int node, int runner) {
        int generation = state.runnerGeneration(node, runner);
        return new Lease(
                QUEUE,
                state.runnerSlice(node, runner),
                state.slices(generation),
                generation,
                state.runnerEpoch(node, runner),
                incarnation(node, state.runnerLife(node, runner)));
    }

    private void add(List<Step> steps, String what, int node, int slice, State next) {
        steps.add(new Step(what, node, slice, next, violation(next)));
    }
}
