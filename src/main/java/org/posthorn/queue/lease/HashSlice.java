package org.posthorn.queue.lease;

/**
 * One of {@code of} equal parts of the hash space 0 to 2^63-1.
 *
 * @param slice its number, 0 to {@code of - 1}
 * @param of how many there are, 1 to 1024
 */
public record HashSlice(int slice, int of) {

    /** The most slices that a queue may have. */
    public static final int MOST = 1024;

    public HashSlice {
        if (of < 1 || of > MOST || slice < 0 || slice >= of) {
            throw new IllegalArgumentException("slice " + slice + " of " + of);
        }
    }

    /** @return the slice that a hash lies in */
    public static HashSlice of(long hash, int of) {
        if (hash < 0) {
            throw new IllegalArgumentException("hash " + hash);
        }
        return new HashSlice((int) scaled(hash, of), of);
    }

    /** @return its first hash */
    public long from() {
        return ceiling(slice, of);
    }

    /** @return its last hash: inclusive, since the last slice ends at 2^63-1 */
    public long to() {
        return slice == of - 1 ? Long.MAX_VALUE : ceiling(slice + 1, of) - 1;
    }

    public boolean contains(long hash) {
        return from() <= hash && hash <= to();
    }

    /** floor(hash * of / 2^63), from the product's 128 bits. */
    private static long scaled(long hash, int of) {
        return Math.multiplyHigh(hash, of) << 1 | (hash * of) >>> 63;
    }

    /** ceil(slice * 2^63 / of): the least hash whose scaled value is the slice's number. */
    private static long ceiling(long slice, int of) {
        long whole = Long.divideUnsigned(1L << 63, of);
        long rest = Long.remainderUnsigned(1L << 63, of);
        return whole * slice + Math.floorDiv(rest * slice + of - 1, of);
    }
}
