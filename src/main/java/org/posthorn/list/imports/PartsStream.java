package org.posthorn.list.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** An import's file, read part by part; counts what was read. */
final class PartsStream extends InputStream {

    private final ImportRows rows;
    private final long importId;
    private byte[] part = new byte[0];
    private int at;
    private int next;
    private long read;

    PartsStream(ImportRows rows, long importId) {
        this.rows = rows;
        this.importId = importId;
    }

    /** How many octets have been read: some more than are worked on, since readers read ahead. */
    long count() {
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        if (at == part.length) {
            Optional<byte[]> further = rows.part(importId, next);
            if (further.isEmpty()) {
                return -1;
            }
            part = further.get();
            at = 0;
            next++;
        }
        int length = Math.min(most, part.length - at);
        System.arraycopy(part, at, into, from, length);
        at += length;
        read += length;
        return length;
    }
}
