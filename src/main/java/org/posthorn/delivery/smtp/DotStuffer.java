package org.posthorn.delivery.smtp;

import java.io.IOException;

/** Doubles the dot at the beginning of a line, wherever the pieces that it gets are cut (RFC 5321 section 4.5.2). */
public final class DotStuffer implements MessageCopy.OctetSink {

    private static final byte[] DOT = {'.'};

    private final MessageCopy.OctetSink out;
    private boolean lineStart = true;

    public DotStuffer(MessageCopy.OctetSink out) {
        this.out = out;
    }

    @Override
    public void put(byte[] octets, int from, int length) throws IOException {
        int put = from;
        for (int i = from; i < from + length; i++) {
            if (lineStart && octets[i] == '.') {
                out.put(octets, put, i - put);
                out.put(DOT, 0, 1);
                put = i;
            }
            lineStart = octets[i] == '\n';
        }
        out.put(octets, put, from + length - put);
    }
}
