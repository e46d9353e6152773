package org.posthorn.pipeline.attachment;

import java.io.InputStream;
import java.util.Optional;
import java.util.function.IntFunction;

/** An attachment's octets, one part in memory at a time. It fails rather than end where a part is missing. */
final class AttachmentStream extends InputStream {

    private final IntFunction<Optional<byte[]>> parts;
    private final long sizeBytes;
    private byte[] part = new byte[0];
    private int at;
    private int next;
    private long read;

    AttachmentStream(IntFunction<Optional<byte[]>> parts, long sizeBytes) {
        this.parts = parts;
        this.sizeBytes = sizeBytes;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) {
        if (most == 0) {
            return 0;
        }
        if (at == part.length && read == sizeBytes) {
            return -1;
        }
        if (at == part.length) {
            part = parts.apply(next++)
                    .filter(octets -> octets.length > 0)
                    .orElseThrow(() -> new IllegalStateException(
                            "an attachment cannot be cut: " + read + " octets of " + sizeBytes));
            at = 0;
        }
        int length = Math.min(most, part.length - at);
        System.arraycopy(part, at, into, from, length);
        at += length;
        read += length;
        return length;
    }
}
