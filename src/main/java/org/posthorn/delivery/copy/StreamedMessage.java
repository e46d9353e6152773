package org.posthorn.delivery.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.Supplier;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.CrLfOutputStream;

/** A message too large for memory: read from the store, part by part, once to know it and once for each copy. */
final class StreamedMessage implements Copies, MessageCopy {

    private static final byte[] CRLF = {'\r', '\n'};

    private final Supplier<InputStream> source;
    private final long sizeBytes;
    private final boolean ended;
    private final boolean eightBit;
    private final boolean eightBitHeader;

    StreamedMessage(Supplier<InputStream> source) {
        this.source = source;
        Census census = new Census();
        try {
            transferTo(census);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ended = census.isEnded();
        sizeBytes = census.sizeBytes() + (ended ? 0 : CRLF.length);
        eightBit = census.isEightBit();
        eightBitHeader = census.hasEightBitHeader();
    }

    private void transferTo(OutputStream out) throws IOException {
        try (InputStream in = source.get()) {
            in.transferTo(new CrLfOutputStream(out));
        }
    }

    @Override
    public MessageCopy shared() {
        return this;
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
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
        SinkStream stream = new SinkStream(out, dotStuffed);
        transferTo(stream);
        if (!ended) {
            stream.write(CRLF);
        }
    }
}
