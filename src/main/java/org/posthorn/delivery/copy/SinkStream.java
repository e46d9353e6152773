package org.posthorn.delivery.copy;

import java.io.IOException;
import java.io.OutputStream;
import org.posthorn.delivery.smtp.DotStuffer;
import org.posthorn.delivery.smtp.MessageCopy.OctetSink;

/** A sink as a stream. */
final class SinkStream extends OutputStream {

    private final OctetSink sink;

    SinkStream(OctetSink out, boolean dotStuffed) {
        this.sink = dotStuffed ? new DotStuffer(out) : out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        sink.put(octets, offset, length);
    }
}
