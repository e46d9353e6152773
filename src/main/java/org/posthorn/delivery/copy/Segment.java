package org.posthorn.delivery.copy;

import java.io.IOException;
import java.util.Arrays;
import org.posthorn.delivery.smtp.MessageCopy.OctetSink;

/**
 * Whole lines of a message, in both forms that the wire takes, over one array: where a line begins with a dot, what is put
 * ends with that dot and the next begins with it.
 */
final class Segment {

    private static final int[] NONE = {};

    private final byte[] octets;
    private final int from;
    private final int to;
    private final int[] dots;
    private final boolean eightBit;

    private Segment(byte[] octets, int from, int to, int[] dots, boolean eightBit) {
        this.octets = octets;
        this.from = from;
        this.to = to;
        this.dots = dots;
        this.eightBit = eightBit;
    }

    /** @param octets lines with CRLF, not to be changed any more; a line begins at the segment's beginning */
    static Segment of(byte[] octets, int from, int to) {
        int[] dots = NONE;
        int count = 0;
        int all = 0;
        byte before = '\n';
        for (int i = from; i < to; i++) {
            byte octet = octets[i];
            all |= octet;
            if (octet == '.' && before == '\n') {
                dots = count == dots.length ? Arrays.copyOf(dots, Math.max(4, count * 2)) : dots;
                dots[count++] = i;
            }
            before = octet;
        }
        return new Segment(octets, from, to, count == dots.length ? dots : Arrays.copyOf(dots, count), all < 0);
    }

    static Segment of(byte[] octets) {
        return of(octets, 0, octets.length);
    }

    int sizeBytes() {
        return to - from;
    }

    /** @return what it holds besides the array */
    long weightBytes() {
        return 64 + 4L * dots.length;
    }

    byte[] octets() {
        return Arrays.copyOfRange(octets, from, to);
    }

    boolean isEightBit() {
        return eightBit;
    }

    void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        int start = from;
        if (dotStuffed) {
            for (int dot : dots) {
                out.put(octets, start, dot + 1 - start);
                start = dot;
            }
        }
        if (start < to) {
            out.put(octets, start, to - start);
        }
    }
}
