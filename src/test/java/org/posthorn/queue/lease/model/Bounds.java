package org.posthorn.queue.lease.model;

/**
 * How much of the endless state space is searched.
 *
 * @param slices at first
 * @param nextSlices after an administrator's new cut, which comes at any moment; 0: there is none
 * @param entries spread evenly over the hash space
 * @param faults crashes, and lapses of nodes that are only slow, in all
 * @param handOvers slices given up though nothing forces it, or taken in a generation that has begun to close, in all
 */
record Bounds(int nodes, int slices, int nextSlices, int entries, int faults, int handOvers) {

    int mostSlices() {
        return Math.max(slices, nextSlices);
    }
}
