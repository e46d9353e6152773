package org.posthorn.mail.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;

/** Is given the old body and makes the new one of it, piece by piece. */
final class PieceOutput extends OutputStream {

    private final Iterator<Piece> pieces;
    private final OutputStream out;
    private Piece piece;
    private OutputStream sink;
    private long position;

    PieceOutput(List<Piece> pieces, OutputStream out) {
        this.pieces = pieces.iterator();
        this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end) {
            if (!open()) {
                position += end - at;
                return;
            }
            int count;
            if (position < piece.from) {
                count = (int) Math.min(end - at, piece.from - position);
            } else {
                count = (int) Math.min(end - at, piece.to - position);
                sink.write(octets, at, count);
            }
            position += count;
            at += count;
        }
    }

    /** @return whether there is a piece that waits for octets; those that wait for none are written */
    private boolean open() throws IOException {
        while (true) {
            if (piece == null) {
                if (!pieces.hasNext()) {
                    return false;
                }
                piece = pieces.next();
                sink = piece.sink(out);
            }
            if (position < piece.to) {
                return true;
            }
            piece.end(out);
            piece = null;
        }
    }

    /** When all of the old body has come. */
    void finish() throws IOException {
        while (open()) {
            // What it waited for did not come: the body has become shorter than it was.
            throw new IOException("the body ended at " + position + ", before " + piece.to);
        }
    }
}
