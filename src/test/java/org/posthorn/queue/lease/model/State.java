package org.posthorn.queue.lease.model;

import java.util.Arrays;

/** One state of the database and of what each node knows: small numbers in one array, so that millions fit. Long, but only accessors. */
final class State {

    // A runner's phases: a node has one for each slice, and one that outlived the lease it ran under.
    static final int IDLE = 0;
    /** Has read an entry. */
    static final int READ = 1;
    /** Has deleted it in its transaction, and so locked it. */
    static final int DELETED = 2;
    /** Has compared and locked the fence. */
    static final int FENCED = 3;

    // A renewal's phases.
    static final int NONE = 0;
    /** The database has read its clock, in time, and waits for the row. */
    static final int CLOCK_READ = 1;
    /** Done; the answer is under way. */
    static final int RENEWED = 2;

    static final int REFUSED = 3;
    /** Done, but the answer took longer than the lease time. */
    static final int RENEWED_LONG_AGO = 4;

    static final int NOBODY = 0;

    private static final int PER_LEASE = 3;
    private static final int PER_FENCE = 2;
    private static final int PER_RUNNER = 6;
    private static final int PER_NODE = 7;

    private static final int[][][] ORDERS = {
        {}, {}, {{1, 0}}, {{0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}},
    };

    final byte[] cells;
    private final Bounds bounds;

    State(Bounds bounds, byte[] cells) {
        this.bounds = bounds;
        this.cells = cells;
    }

    static State first(Bounds bounds) {
        State state = new State(bounds, new byte[size(bounds)]);
        state.generation(1);
        state.faults(bounds.faults());
        state.handOvers(bounds.handOvers());
        for (int slice = 0; slice < bounds.slices(); slice++) {
            state.fence(slice, 1, 0);
        }
        return state;
    }

    static int size(Bounds bounds) {
        int slices = bounds.mostSlices();
        return 4 + bounds.entries() + slices * (PER_LEASE + PER_FENCE) + bounds.nodes() * perNode(bounds);
    }

    private static int perNode(Bounds bounds) {
        return PER_NODE + 2 * bounds.mostSlices() + (bounds.mostSlices() + 1) * PER_RUNNER;
    }

    State copy() {
        return new State(bounds, Arrays.copyOf(cells, cells.length));
    }

    /** Nodes are alike: states that differ only in which is which are one. @return the least of them */
    byte[] leastAlike() {
        byte[] least = cells;
        for (int[] order : ORDERS[bounds.nodes()]) {
            byte[] other = inOrder(order);
            if (Arrays.compare(other, least) < 0) {
                least = other;
            }
        }
        return least;
    }

    private byte[] inOrder(int[] order) {
        State other = copy();
        for (int node = 0; node < order.length; node++) {
            System.arraycopy(cells, nodeAt(node), other.cells, nodeAt(order[node]), perNode(bounds));
        }
        for (int slice = 0; slice < bounds.mostSlices(); slice++) {
            if (holder(slice) != NOBODY) {
                other.lease(slice, order[holder(slice) - 1] + 1, holderLife(slice), epoch(slice));
            }
        }
        return other.cells;
    }

    int generation() {
        return cells[0];
    }

    void generation(int value) {
        set(0, value);
    }

    boolean closing() {
        return cells[1] != 0;
    }

    void closing(boolean value) {
        set(1, value ? 1 : 0);
    }

    int faults() {
        return cells[2];
    }

    void faults(int value) {
        set(2, value);
    }

    int handOvers() {
        return cells[3];
    }

    void handOvers(int value) {
        set(3, value);
    }

    /** How often an entry's work is in the database. */
    int done(int entry) {
        return cells[4 + entry];
    }

    void done(int entry, int value) {
        set(4 + entry, value);
    }

    int slicesNow() {
        return slices(generation());
    }

    int slices(int generation) {
        return generation == 1 ? bounds.slices() : bounds.nextSlices();
    }

    // Leases and fences

    private int leaseAt(int slice) {
        return 4 + bounds.entries() + slice * (PER_LEASE + PER_FENCE);
    }

    /** Node + 1, or {@link #NOBODY}. */
    int holder(int slice) {
        return cells[leaseAt(slice)];
    }

    int holderLife(int slice) {
        return cells[leaseAt(slice) + 1];
    }

    int epoch(int slice) {
        return cells[leaseAt(slice) + 2];
    }

    void lease(int slice, int holder, int life, int epoch) {
        int at = leaseAt(slice);
        set(at, holder);
        set(at + 1, life);
        set(at + 2, epoch);
    }

    int fenceGeneration(int slice) {
        return cells[leaseAt(slice) + PER_LEASE];
    }

    int fenceEpoch(int slice) {
        return cells[leaseAt(slice) + PER_LEASE + 1];
    }

    void fence(int slice, int generation, int epoch) {
        set(leaseAt(slice) + PER_LEASE, generation);
        set(leaseAt(slice) + PER_LEASE + 1, epoch);
    }

    // Nodes: the row

    private int nodeAt(int node) {
        return 4 + bounds.entries() + bounds.mostSlices() * (PER_LEASE + PER_FENCE) + node * perNode(bounds);
    }

    /** The incarnation in the row; 0: struck, or none yet. */
    int rowLife(int node) {
        return cells[nodeAt(node)];
    }

    void rowLife(int node, int life) {
        set(nodeAt(node), life);
    }

    boolean expired(int node) {
        return cells[nodeAt(node) + 1] != 0;
    }

    void expired(int node, boolean value) {
        set(nodeAt(node) + 1, value ? 1 : 0);
    }

    // Nodes: what they know

    boolean up(int node) {
        return cells[nodeAt(node) + 2] != 0;
    }

    void up(int node, boolean value) {
        set(nodeAt(node) + 2, value ? 1 : 0);
    }

    /** The incarnation that the process believes to be; 0: none. */
    int life(int node) {
        return cells[nodeAt(node) + 3];
    }

    void life(int node, int life) {
        set(nodeAt(node) + 3, life);
    }

    /** By its own clock. */
    boolean pastDeadline(int node) {
        return cells[nodeAt(node) + 4] != 0;
    }

    void pastDeadline(int node, boolean value) {
        set(nodeAt(node) + 4, value ? 1 : 0);
    }

    int renewal(int node) {
        return cells[nodeAt(node) + 5];
    }

    void renewal(int node, int phase) {
        set(nodeAt(node) + 5, phase);
    }

    int livesUsed(int node) {
        return cells[nodeAt(node) + 6];
    }

    void livesUsed(int node, int value) {
        set(nodeAt(node) + 6, value);
    }

    /** The generation of the lease that the node believes to hold; 0: none. */
    int heldGeneration(int node, int slice) {
        return cells[nodeAt(node) + PER_NODE + 2 * slice];
    }

    int heldEpoch(int node, int slice) {
        return cells[nodeAt(node) + PER_NODE + 2 * slice + 1];
    }

    void held(int node, int slice, int generation, int epoch) {
        set(nodeAt(node) + PER_NODE + 2 * slice, generation);
        set(nodeAt(node) + PER_NODE + 2 * slice + 1, epoch);
    }

    // Runners; the last is the one that outlived its lease

    int runners() {
        return bounds.mostSlices() + 1;
    }

    int outlived() {
        return bounds.mostSlices();
    }

    private int runnerAt(int node, int runner) {
        return nodeAt(node) + PER_NODE + 2 * bounds.mostSlices() + runner * PER_RUNNER;
    }

    int phase(int node, int runner) {
        return cells[runnerAt(node, runner)];
    }

    void phase(int node, int runner, int phase) {
        set(runnerAt(node, runner), phase);
    }

    int runnerEntry(int node, int runner) {
        return cells[runnerAt(node, runner) + 1];
    }

    int runnerSlice(int node, int runner) {
        return cells[runnerAt(node, runner) + 2];
    }

    int runnerGeneration(int node, int runner) {
        return cells[runnerAt(node, runner) + 3];
    }

    int runnerEpoch(int node, int runner) {
        return cells[runnerAt(node, runner) + 4];
    }

    int runnerLife(int node, int runner) {
        return cells[runnerAt(node, runner) + 5];
    }

    void begin(int node, int runner, int entry, int slice, int generation, int epoch, int life) {
        int at = runnerAt(node, runner);
        set(at, READ);
        set(at + 1, entry);
        set(at + 2, slice);
        set(at + 3, generation);
        set(at + 4, epoch);
        set(at + 5, life);
    }

    void end(int node, int runner) {
        int at = runnerAt(node, runner);
        Arrays.fill(cells, at, at + PER_RUNNER, (byte) 0);
    }

    void outlive(int node, int runner) {
        System.arraycopy(cells, runnerAt(node, runner), cells, runnerAt(node, outlived()), PER_RUNNER);
        end(node, runner);
    }

    /** What a process knows goes with it; what is in the database stays. */
    void forgetProcess(int node) {
        int at = nodeAt(node);
        byte used = cells[at + 6];
        Arrays.fill(cells, at + 2, at + perNode(bounds), (byte) 0);
        cells[at + 6] = used;
    }

    private void set(int at, int value) {
        cells[at] = (byte) value;
    }
}
