package org.posthorn.delivery.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A message in memory, with both its forms prepared. */
public final class OctetsCopy implements MessageCopy {

    private final byte[] raw;
    private final byte[] stuffed;
    private final boolean eightBit;
    private final boolean eightBitHeader;

    /** @param octets a message whose lines, all of them, end with CRLF */
    public OctetsCopy(byte[] octets) {
        this.raw = octets;
        this.stuffed = stuffed(octets);
        int header = headerLength(octets);
        this.eightBitHeader = isEightBit(octets, 0, header);
        this.eightBit = eightBitHeader || isEightBit(octets, header, octets.length);
    }

    @Override
    public long sizeBytes() {
        return raw.length;
    }

    @Override
    public boolean isEightBit() {
        return eightBit;
    }

    @Override
    public boolean hasEightBitHeader() {
        return eightBitHeader;
    }

    @Override
    public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        byte[] octets = dotStuffed ? stuffed : raw;
        out.put(octets, 0, octets.length);
    }

    private static byte[] stuffed(byte[] octets) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(octets.length + 16);
        boolean lineStart = true;
        boolean changed = false;
        for (byte octet : octets) {
            if (lineStart && octet == '.') {
                out.write('.');
                changed = true;
            }
            out.write(octet);
            lineStart = octet == '\n';
        }
        return changed ? out.toByteArray() : octets;
    }

    private static int headerLength(byte[] octets) {
        for (int i = 0; i + 3 < octets.length; i++) {
            if (octets[i] == '\r' && octets[i + 1] == '\n' && octets[i + 2] == '\r' && octets[i + 3] == '\n') {
                return i + 4;
            }
        }
        return octets.length;
    }

    private static boolean isEightBit(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] < 0) {
                return true;
            }
        }
        return false;
    }
}
