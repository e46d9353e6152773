package org.posthorn.delivery.copy;

import org.posthorn.delivery.smtp.MessageCopy;

/** A message in memory, cut into what is put on the wire as it is. */
public final class CompiledMessage implements Copies {

    private final JoinedCopy shared;
    private final long weightBytes;

    private CompiledMessage(JoinedCopy shared, long weightBytes) {
        this.shared = shared;
        this.weightBytes = weightBytes;
    }

    /** @param stored not to be changed any more; line ends other than CRLF, NULs and a last line without an end are mended */
    public static CompiledMessage of(byte[] stored) {
        byte[] octets = Lines.mended(stored);
        int body = Lines.endOfHeader(octets);
        Segment[] segments = {Segment.of(octets, 0, body), Segment.of(octets, body, octets.length)};
        long weight = octets.length;
        for (Segment segment : segments) {
            weight += segment.weightBytes();
        }
        return new CompiledMessage(new JoinedCopy(segments, 1), weight);
    }

    @Override
    public MessageCopy shared() {
        return shared;
    }

    /** @return how much memory it takes */
    long weightBytes() {
        return weightBytes;
    }
}
