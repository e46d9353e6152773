package org.posthorn.platform.metrics;

import java.util.concurrent.atomic.LongAdder;

/** One counter, or one histogram. */
final class Series {

    private final double[] bounds;
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder[] buckets;

    Series(double[] bounds) {
        this.bounds = bounds;
        this.buckets = new LongAdder[bounds.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new LongAdder();
        }
    }

    void add(long by) {
        count.add(by);
    }

    void observe(long took) {
        count.increment();
        nanos.add(Math.max(0, took));
        for (int i = 0; i < bounds.length; i++) {
            if (took <= bounds[i] * 1e9) {
                buckets[i].increment();
                return;
            }
        }
    }

    long count() {
        return count.sum();
    }

    double sumSeconds() {
        return nanos.sum() / 1e9;
    }

    /** @return how many observations were in this bucket, those of smaller ones not counted */
    long inBucket(int index) {
        return buckets[index].sum();
    }
}
