package org.posthorn.console;

/** One slice of a queue as the page shows it. */
public final class SliceCell {

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
    private final String node;
    private final String colour;
    private final long epoch;
    private final State state;

    SliceCell(int number, String node, String colour, long epoch, State state) {
        this.number = number;
        this.node = node;
        this.colour = colour;
        this.epoch = epoch;
        this.state = state;
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
}
