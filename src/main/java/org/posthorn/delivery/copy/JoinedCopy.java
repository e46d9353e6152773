package org.posthorn.delivery.copy;

import java.io.IOException;
import java.util.Optional;
import org.posthorn.delivery.smtp.MessageCopy;

/** A copy in memory. */
final class JoinedCopy implements MessageCopy {

    private final Segment[] segments;
    private final long sizeBytes;
    private final boolean eightBit;
    private final boolean eightBitHeader;
    private final CompiledMessage message;

    /**
     * @param inHeader how many of the segments are the header
     * @param message of which it is a copy
     */
    JoinedCopy(Segment[] segments, int inHeader, CompiledMessage message) {
        this.message = message;
        long size = 0;
        boolean any = false;
        boolean header = false;
        for (int i = 0; i < segments.length; i++) {
            size += segments[i].sizeBytes();
            any |= segments[i].isEightBit();
            header |= i < inHeader && segments[i].isEightBit();
        }
        this.segments = segments;
        this.sizeBytes = size;
        this.eightBit = any;
        this.eightBitHeader = header;
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
