package org.posthorn.queue.lease;

import org.posthorn.queue.QueueName;

/**
 * The right to work on one slice, as it was when it was taken. It may be over since: see {@link LeaseKeeper#mayGoOn} and
 * {@link Fence#check}.
 *
 * @param slices how many the generation has
 * @param epoch grows at every change of hands
 * @param holder who took it
 */
public record Lease(QueueName queue, int slice, int slices, long generation, long epoch, Incarnation holder) {

    /** @return the slice's first hash */
    public long from() {
        return range().from();
    }

    /** @return the slice's last hash, inclusive */
    public long to() {
        return range().to();
    }

    public HashSlice range() {
        return new HashSlice(slice, slices);
    }

    @Override
    public String toString() {
        return queue.label() + "/" + slice + " generation " + generation + " epoch " + epoch;
    }
}
