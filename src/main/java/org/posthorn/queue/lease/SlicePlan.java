package org.posthorn.queue.lease;

import org.posthorn.queue.QueueName;

/**
 * How a queue's hash space is cut at present. A site's matter, never a node's.
 *
 * @param generation grows with each new cut
 * @param slices how many there are, 1 to {@link HashSlice#MOST}
 * @param nextSlices null; or, while the generation is closing, how many the next one will have
 * @param threads how many runners of the queue work at once on one node
 * @param priority 1 (first) to 9 (last)
 */
public record SlicePlan(QueueName queue, long generation, int slices, Integer nextSlices, int threads, int priority) {

    /** While it closes, all leases are given up and none is taken. */
    public boolean isClosing() {
        return nextSlices != null;
    }
}
