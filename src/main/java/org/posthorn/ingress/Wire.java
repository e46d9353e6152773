package org.posthorn.ingress;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.posthorn.platform.wire.TlsCodec;

/**
 * One connection's octets, in and out, with time limits on both, for TCP and for UNIX sockets alike. Replies are kept
 * back until the client is waited for, so that pipelined commands are answered together (RFC 2920).
 *
 * <p>One thread reads and writes. Others may only call {@link #bid} and the questions.
 */
final class Wire implements Closeable {

    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int MOST_UNSENT_BYTES = 64 * 1024;
    private static final Duration WRITE = Duration.ofMinutes(5);

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private TlsCodec tls;
    private volatile long silentSince = System.nanoTime();
    private volatile boolean waiting;
    private volatile boolean betweenMessages = true;
    private volatile Reply farewell;
    private volatile boolean farewellAnywhere;

    Wire(SocketChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        this.selector = Selector.open();
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Queues a reply. */
    void write(byte[] octets) throws IOException {
        out.writeBytes(octets);
        if (out.size() > MOST_UNSENT_BYTES) {
            flush();
        }
    }

    /** Sends what is queued. */
    void flush() throws IOException {
        flush(System.nanoTime() + WRITE.toNanos());
    }

    private void flush(long deadline) throws IOException {
        if (out.size() == 0) {
            return;
        }
        ByteBuffer octets = ByteBuffer.wrap(out.toByteArray());
        out.reset();
        if (tls == null) {
            send(octets, deadline);
        } else {
            tls.write(octets, deadline);
        }
    }

    private void send(ByteBuffer octets, long deadline) throws IOException {
        while (octets.hasRemaining()) {
            if (channel.write(octets) == 0) {
                await(SelectionKey.OP_WRITE, deadline);
            }
        }
    }

    /**
     * Sends what is queued, and goes on under TLS. What the client has sent before that is thrown away: it may be
     * somebody else's, put before the handshake.
     *
     * @param engine of the server's side
     * @param most for the handshake
     */
    void encrypt(SSLEngine engine, Duration most) throws IOException {
        flush();
        in.position(in.limit());
        TlsCodec codec = new TlsCodec(engine, new TlsCodec.Line() {
            @Override
            public void send(ByteBuffer octets, long deadline) throws IOException {
                Wire.this.send(octets, deadline);
            }

            @Override
            public int receive(ByteBuffer into, long deadline) throws IOException {
                return Wire.this.receive(into, deadline);
            }
        });
        codec.handshake(System.nanoTime() + most.toNanos());
        tls = codec;
    }

    boolean isEncrypted() {
        return tls != null;
    }

    /**
     * Octets that are here already, or come in time.
     *
     * @return null when the client has ended the connection; else a buffer with at least one octet: what is taken from it
     *     is taken
     * @throws Farewell when nothing came in time, or somebody bade this connection to end
     */
    ByteBuffer read(long deadline) throws IOException {
        if (in.hasRemaining()) {
            return in;
        }
        flush();
        in.clear();
        try {
            int count = tls == null ? receive(in, deadline) : tls.read(in, deadline);
            return count < 0 ? null : in;
        } finally {
            in.flip();
        }
    }

    private int receive(ByteBuffer into, long deadline) throws IOException {
        int count = channel.read(into);
        while (count == 0) {
            await(SelectionKey.OP_READ, deadline);
            count = channel.read(into);
        }
        silentSince = System.nanoTime();
        return count;
    }

    /** Waits until the channel is ready, or seems so: the caller tries again and comes back. */
    private void await(int operation, long deadline) throws IOException {
        key.interestOps(operation);
        waiting = true;
        try {
            Reply last = farewell;
            if (last != null && (betweenMessages || farewellAnywhere)) {
                throw new Farewell(last);
            }
            long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
            if (millis <= 0) {
                throw new Farewell(Reply.TIMED_OUT);
            }
            selector.select(millis);
            selector.selectedKeys().clear();
        } finally {
            waiting = false;
        }
    }

    /** Says whether a message is under way, which a polite end waits for. */
    void betweenMessages(boolean between) {
        betweenMessages = between;
    }

    /**
     * Asks this connection to end, from any thread, once it waits for its client.
     *
     * @param anywhere even in the middle of a message
     */
    void bid(Reply reply, boolean anywhere) {
        farewellAnywhere |= anywhere;
        farewell = reply;
        selector.wakeup();
    }

    /** Whether somebody has asked it to end. */
    boolean isBidden() {
        return farewell != null;
    }

    /** How long the client has been silent while it was waited for; zero while there is work. */
    Duration silence() {
        return waiting ? Duration.ofNanos(System.nanoTime() - silentSince) : Duration.ZERO;
    }

    /**
     * Ends the connection so that the last reply gets through: reads over what the client is still sending, for a short
     * while, since unread octets would reset the connection and the reply be lost.
     *
     * @param reply null: nothing more to say
     */
    void end(Reply reply, Duration patience) throws IOException {
        farewell = null;
        if (reply != null) {
            write(reply.octets());
        }
        long deadline = System.nanoTime() + patience.toNanos();
        flush(deadline);
        if (tls != null) {
            tls.end(deadline);
        }
        channel.shutdownOutput();
        in.clear();
        for (int count = channel.read(in); count >= 0; count = channel.read(in)) {
            if (count == 0) {
                await(SelectionKey.OP_READ, deadline);
            }
            if (System.nanoTime() > deadline) {
                return;
            }
            in.clear();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close();
        }
    }
}
