package org.posthorn.queue.lease;

/** The lease that work was done under is no longer current: its transaction must not commit. */
public class FencedException extends RuntimeException {

    public FencedException(Lease lease, FenceRow fence) {
        super(lease + " is over: the fence stands at " + (fence == null ? "nothing" : fence.toString()));
    }
}
