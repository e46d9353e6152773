package org.posthorn.delivery.copy;

import java.io.OutputStream;

/** What is to be known of octets that are too many to be kept. They come with CRLF only. */
final class Census extends OutputStream {

    private long sizeBytes;
    private int all;
    private int before = '\n';

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        sizeBytes += length;
        for (int i = offset; i < offset + length; i++) {
            byte octet = octets[i];
            all |= octet;
            before = octet;
        }
    }

    long sizeBytes() {
        return sizeBytes;
    }

    /** Whether the last line, if there is one, has its end. */
    boolean isEnded() {
        return before == '\n';
    }

    boolean isEightBit() {
        return all < 0;
    }
}
