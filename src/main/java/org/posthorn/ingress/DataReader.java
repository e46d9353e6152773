package org.posthorn.ingress;

import java.util.Optional;

/**
 * Reads a message's data up to CRLF . CRLF, and nothing else than that ends it: every octet that another server could
 * take for a line's end (a bare CR or LF) is a flaw, for which the message is refused after its true end. So what follows
 * a message can never be smuggled in as commands.
 *
 * <p>Takes off the dot that the client put before a line's own (RFC 5321 section 4.5.2). Hands on what it has read until
 * the first flaw, then only counts.
 */
final class DataReader {

    /** RFC 5321 section 4.5.3.1.6, without the CRLF. */
    static final int MOST_LINE_OCTETS = 998;

    /** Takes the message's octets, piece by piece. */
    @FunctionalInterface
    interface Sink {

        /** @return what speaks against the message; null: nothing so far */
        Flaw take(byte[] octets, int length);
    }

    private enum State {
        LINE_START,
        IN_LINE,
        /** After a CR that no LF has followed yet. */
        CR,
        /** After a dot at the beginning of a line. */
        DOT,
        DOT_CR
    }

    private final Sink sink;
    private final long mostBytes;
    private State state = State.LINE_START;
    private byte[] out = new byte[0];
    private int outLength;
    private int lineOctets;
    private long octets;
    private Flaw flaw;
    private boolean ended;

    /** @param mostBytes of a message, after the dots are off */
    DataReader(Sink sink, long mostBytes) {
        this.sink = sink;
        this.mostBytes = mostBytes;
    }

    /**
     * Reads on.
     *
     * @return how many octets of it belong to the message and its end; fewer than there are once the end has come
     */
    int read(byte[] in, int offset, int length) {
        if (out.length < length + 2) {
            out = new byte[length + 2];
        }
        int i = offset;
        while (i < offset + length && !ended) {
            step(in[i++]);
        }
        flush();
        return i - offset;
    }

    /** Whether CRLF . CRLF has come. */
    boolean hasEnded() {
        return ended;
    }

    /** How many octets the message has so far, whether they are kept or not. */
    long octets() {
        return octets;
    }

    /** The first thing that speaks against the message. */
    Optional<Flaw> flaw() {
        return Optional.ofNullable(flaw);
    }

    private void step(byte octet) {
        switch (state) {
            case LINE_START -> {
                if (octet == '.') {
                    state = State.DOT;
                } else {
                    content(octet);
                }
            }
            case IN_LINE -> content(octet);
            case CR -> afterCr(octet);
            case DOT -> {
                if (octet == '\r') {
                    state = State.DOT_CR;
                } else {
                    content(octet); // the dot before it was the client's
                }
            }
            case DOT_CR -> {
                if (octet == '\n') {
                    ended = true;
                } else {
                    note(Flaw.BARE_CR);
                    state = State.IN_LINE;
                    content(octet);
                }
            }
        }
    }

    private void content(byte octet) {
        if (octet == '\r') {
            state = State.CR;
            return;
        }
        state = State.IN_LINE;
        if (octet == '\n') {
            note(Flaw.BARE_LF);
        } else if (octet == 0) {
            note(Flaw.NUL);
        }
        if (++lineOctets > MOST_LINE_OCTETS) {
            note(Flaw.LONG_LINE);
        }
        put(octet);
    }

    private void afterCr(byte octet) {
        if (octet != '\n') {
            note(Flaw.BARE_CR);
            content(octet);
            return;
        }
        put((byte) '\r');
        put((byte) '\n');
        lineOctets = 0;
        state = State.LINE_START;
    }

    private void put(byte octet) {
        if (++octets > mostBytes) {
            note(Flaw.TOO_LARGE);
        }
        if (flaw == null) {
            out[outLength++] = octet;
        }
    }

    private void flush() {
        if (flaw == null && outLength > 0) {
            flaw = sink.take(out, outLength);
        }
        outLength = 0;
    }

    private void note(Flaw found) {
        if (flaw == null) {
            flaw = found;
        }
    }
}
