package org.posthorn.list;

import java.io.IOException;
import java.io.Reader;

/** Passes characters on, so many at the most until {@link #again} is called: a record without an end fills no memory. */
final class BoundedReader extends Reader {

    /** More came than was allowed. */
    static final class TooLongException extends IOException {
        TooLongException(int most) {
            super("a row of more than " + most + " characters (a quote that is never closed?)");
        }
    }

    private final Reader source;
    private final int most;
    private long passed;

    BoundedReader(Reader source, int most) {
        this.source = source;
        this.most = most;
    }

    /** Counts from here. */
    void again() {
        passed = 0;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        if (passed > most) {
            throw new TooLongException(most);
        }
        int read = source.read(buffer, offset, length);
        passed += Math.max(read, 0);
        return read;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
