package org.posthorn.delivery.copy;

import java.io.IOException;
import java.util.Optional;
import org.posthorn.delivery.smtp.MessageCopy;

/** A copy in memory. */
final class JoinedCopy implements MessageCopy {

    private final Segment[] segments;
    private final long sizeBytes;
    private final boolean eightBit;
    private final CompiledMessage message;

    /** @param message of which it is a copy */
    JoinedCopy(Segment[] segments, CompiledMessage message) {
        this.message = message;
        long size = 0;
        boolean any = false;
        for (Segment segment : segments) {
            size += segment.sizeBytes();
            any |= segment.isEightBit();
        }
        this.segments = segments;
        this.sizeBytes = size;
        this.eightBit = any;
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
    public Optional<MessageCopy> sevenBit() {
        return eightBit ? message.sevenBit(segments) : Optional.of(this);
    }

    @Override
    public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        for (Segment segment : segments) {
            segment.writeTo(out, dotStuffed);
        }
    }
}
