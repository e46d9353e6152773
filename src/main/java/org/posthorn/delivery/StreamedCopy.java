package org.posthorn.delivery;

import java.io.IOException;
import java.io.InputStream;
import org.posthorn.delivery.smtp.DotStuffer;
import org.posthorn.delivery.smtp.MessageCopy;

/** A message that is too large to be kept: read anew for each transaction. What it holds is not known before. */
record StreamedCopy(long sizeBytes, Source source) implements MessageCopy {

    private static final int BUFFER_BYTES = 64 * 1024;

    /** Opens the message's octets. */
    interface Source {
        InputStream open() throws IOException;
    }

    @Override
    public boolean isEightBit() {
        return true;
    }

    @Override
    public boolean hasEightBitHeader() {
        return false;
    }

    @Override
    public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        OctetSink sink = dotStuffed ? new DotStuffer(out) : out;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = source.open()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                sink.put(buffer, 0, count);
            }
        }
    }
}
