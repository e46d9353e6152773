package org.posthorn.cli.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** A body whose reader waits only so long for more of it: the HTTP client has no such limit once an answer has begun. */
final class WatchedStream extends FilterInputStream {

    private final Duration most;
    private final Timer timer = new Timer("body-watch", true);
    private volatile long waitingSinceNanos;
    private volatile boolean waiting;
    private volatile boolean late;

    WatchedStream(InputStream in, Duration most) {
        super(in);
        this.most = most;
        long period = Math.max(50, Math.min(1000, most.toMillis() / 4));
        timer.schedule(
                new TimerTask() {
                    @Override
                    public void run() {
                        look();
                    }
                },
                period,
                period);
    }

    private void look() {
        if (waiting && System.nanoTime() - waitingSinceNanos > most.toNanos()) {
            late = true;
            try {
                in.close(); // wakes the reader
            } catch (IOException e) {
                // it is being given up anyway
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] octets, int from, int length) throws IOException {
        waitingSinceNanos = System.nanoTime();
        waiting = true;
        int count;
        try {
            count = in.read(octets, from, length);
        } catch (IOException e) {
            throw late ? new IOException("no more came within " + most.toSeconds() + " s (--timeout)", e) : e;
        } finally {
            waiting = false;
        }
        if (late) {
            throw new IOException("no more came within " + most.toSeconds() + " s (--timeout)");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        timer.cancel();
        super.close();
    }
}
