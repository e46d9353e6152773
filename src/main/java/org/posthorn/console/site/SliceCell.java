package org.posthorn.console.site;

/** One slice of a queue as the page shows it, and its part of the band: 1000 wide for the whole hash space, 40 high. */
public final class SliceCell {

    private static final long BAND = 1000;
    private static final int HIGHEST = 40;
    private static final int LOWEST = 8;

    /** What is known here of a slice. */
    public enum State {
        /** A runner works on it or waits for work. */
        RUNNING,
        /** Ours, with nothing to do. */
        RESTING,
        /** Another node's; only that one knows whether it runs. */
        ELSEWHERE,
        /** Nobody's at this moment. */
        FREE
    }

    private final int number;
    private final int of;
    private final String node;
    private final String colour;
    private final long epoch;
    private final State state;
    private final long depth;
    private final long deepest;

    /** @param of how many slices there are; @param deepest the depth of the queue's deepest slice */
    SliceCell(int number, int of, String node, String colour, long epoch, State state, long depth, long deepest) {
        this.number = number;
        this.of = of;
        this.node = node;
        this.colour = colour;
        this.epoch = epoch;
        this.state = state;
        this.depth = depth;
        this.deepest = deepest;
    }

    public int getNumber() {
        return number;
    }

    /** Who holds it; empty: nobody. */
    public String getNode() {
        return node;
    }

    /** The style class of its node. */
    public String getColour() {
        return colour;
    }

    public long getEpoch() {
        return epoch;
    }

    public State getState() {
        return state;
    }

    /** How many entries lie in it. */
    public long getDepth() {
        return depth;
    }

    public long getLeft() {
        return BAND * number / of;
    }

    public long getWidth() {
        long gap = of <= 64 ? 2 : 0;
        return Math.max(1, BAND * (number + 1) / of - getLeft() - gap);
    }

    public long getHeight() {
        return depth == 0 ? LOWEST : LOWEST + (HIGHEST - LOWEST) * depth / Math.max(1, deepest);
    }

    public long getTop() {
        return HIGHEST - getHeight();
    }
}
