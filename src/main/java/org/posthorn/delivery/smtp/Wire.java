package org.posthorn.delivery.smtp;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import org.posthorn.platform.wire.TlsCodec;

/**
 * One connection's octets, with a limit on each wait. What is put is kept until it is much, or a reply is waited for, so
 * that commands leave together. While the server doesn't take more, what it says is read, so that two that both only talk
 * do not wait for each other forever. Used by one thread at a time.
 */
final class Wire implements Closeable, MessageCopy.OctetSink {

    private static final int IN_BYTES = 16 * 1024;
    private static final int OUT_BYTES = 64 * 1024;

    /** So much may a server say while it takes nothing; then it is let wait, too. */
    private static final int MOST_AHEAD_BYTES = 1024 * 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Duration writePatience;
    private final ByteBuffer out = ByteBuffer.allocate(OUT_BYTES);
    private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES).flip();
    private final ReplyReader replies = new ReplyReader();
    private ByteBuffer ahead = ByteBuffer.allocate(0);
    private TlsCodec tls;
    private boolean ended;

    /** Whether something was sent since something was read last. */
    private boolean asked;

    private boolean broken;

    private Wire(SocketChannel channel, Selector selector, SelectionKey key, Duration writePatience) {
        this.writePatience = writePatience;
        this.channel = channel;
        this.selector = selector;
        this.key = key;
    }

    /** @throws IOException when nobody answers at any of the name's addresses in time */
    static Wire connect(String address, int port, Patience patience) throws IOException {
        long deadline = System.nanoTime() + patience.connect().toNanos();
        InetAddress[] candidates = InetAddress.getAllByName(address);
        IOException failure = null;
        for (int i = 0; i < candidates.length; i++) {
            long now = System.nanoTime();
            long share = (deadline - now) / (candidates.length - i); // lest the first one takes all the time
            try {
                return connect(new InetSocketAddress(candidates[i], port), now + share, patience.write());
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure;
    }

    private static Wire connect(InetSocketAddress address, long deadline, Duration writePatience) throws IOException {
        SocketChannel channel = SocketChannel.open();
        Selector selector = null;
        boolean connected = false;
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            selector = Selector.open();
            Wire wire = new Wire(channel, selector, channel.register(selector, 0), writePatience);
            if (!channel.connect(address)) {
                while (!channel.finishConnect()) {
                    wire.await(SelectionKey.OP_CONNECT, deadline);
                }
            }
            connected = true;
            return wire;
        } finally {
            if (!connected) {
                channel.close();
                if (selector != null) {
                    selector.close();
                }
            }
        }
    }

    /** From now on under TLS. What came before that is thrown away: it may be somebody else's. */
    void encrypt(SSLEngine engine, Duration most) throws IOException {
        flush();
        in.position(in.limit());
        ahead = ByteBuffer.allocate(0);
        TlsCodec codec = new TlsCodec(engine, new TlsCodec.Line() {
            @Override
            public void send(ByteBuffer octets, long deadline) throws IOException {
                Wire.this.send(octets);
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

    @Override
    public void put(byte[] octets, int from, int length) throws IOException {
        int at = from;
        int left = length;
        while (left > 0) {
            if (!out.hasRemaining()) {
                flush();
            }
            int count = Math.min(left, out.remaining());
            out.put(octets, at, count);
            at += count;
            left -= count;
        }
    }

    /** @param octets short */
    void put(byte[] octets) throws IOException {
        put(octets, 0, octets.length);
    }

    /** Text as UTF-8, which ASCII is. */
    void put(String text) throws IOException {
        int length = text.length();
        if (out.remaining() < length) {
            flush();
        }
        if (length > out.capacity()) {
            put(text.getBytes(StandardCharsets.UTF_8));
            return;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                put(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            out.put((byte) c);
        }
    }

    /** @param number 0 or more */
    void put(long number) throws IOException {
        if (number >= 10) {
            put(number / 10);
        }
        if (!out.hasRemaining()) {
            flush();
        }
        out.put((byte) ('0' + number % 10));
    }

    void flush() throws IOException {
        if (out.position() == 0) {
            return;
        }
        out.flip();
        broken = true; // unless all of it leaves
        try {
            if (tls == null) {
                send(out);
            } else {
                tls.write(out, 0);
            }
            broken = false;
        } finally {
            out.clear();
        }
    }

    /** @return whether octets were put that could not leave: whatever the server has is not whole */
    boolean isBroken() {
        return broken;
    }

    /** @return whether the server has said something that nobody has read, as far as that is known already */
    boolean hasUnread() {
        return in.hasRemaining() || ahead.hasRemaining();
    }

    /**
     * Sends what was put, and waits for the next reply.
     *
     * @throws IOException when the connection ends first, or nothing comes in time
     */
    Reply reply(Duration most) throws IOException {
        flush();
        long deadline = System.nanoTime() + most.toNanos();
        while (true) {
            Reply reply = in.hasRemaining() ? replies.read(in) : null;
            if (reply != null) {
                return reply;
            }
            if (!fill(deadline)) {
                throw new EOFException("the server has closed the connection");
            }
        }
    }

    /** @return a reply that has come already; null when there is none. After a failed write, what could still be read. */
    Reply replyAtHand() throws IOException {
        while (true) {
            Reply reply = in.hasRemaining() ? replies.read(in) : null;
            if (reply != null) {
                return reply;
            }
            try {
                if (!fill(System.nanoTime())) {
                    return null;
                }
            } catch (SocketTimeoutException e) {
                return null;
            }
        }
    }

    /** @return whether neither side has hung up, as far as that is known already */
    boolean isOpen() {
        return channel.isOpen() && !ended;
    }

    private boolean fill(long deadline) throws IOException {
        in.clear();
        try {
            int count = tls == null ? receive(in, deadline) : tls.read(in, deadline);
            ended |= count < 0;
            return count >= 0;
        } finally {
            in.flip();
        }
    }

    private int receive(ByteBuffer into, long deadline) throws IOException {
        if (ahead.hasRemaining()) {
            int count = Math.min(ahead.remaining(), into.remaining());
            into.put(ahead.slice(ahead.position(), count));
            ahead.position(ahead.position() + count);
            return count;
        }
        // What was asked for just now is hardly there yet: a read that finds nothing costs as much as one that finds
        // it.
        int count = asked && deadline > System.nanoTime() ? 0 : channel.read(into);
        while (count == 0) {
            await(SelectionKey.OP_READ, deadline);
            count = channel.read(into);
        }
        asked = false;
        return count;
    }

    private void send(ByteBuffer octets) throws IOException {
        long deadline = 0;
        while (octets.hasRemaining()) {
            if (channel.write(octets) > 0) {
                asked = true;
                deadline = 0;
                continue;
            }
            if (ended) {
                throw new EOFException("the server has closed the connection");
            }
            deadline = deadline == 0 ? System.nanoTime() + writePatience.toNanos() : deadline;
            boolean mayRead = ahead.remaining() < MOST_AHEAD_BYTES;
            await(mayRead ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_WRITE, deadline);
            if (mayRead && key.isReadable()) {
                readAhead();
            }
        }
    }

    private void readAhead() throws IOException {
        ByteBuffer more = ByteBuffer.allocate(ahead.remaining() + IN_BYTES);
        more.put(ahead);
        ended |= channel.read(more) < 0;
        ahead = more.flip();
    }

    private void await(int operations, long deadline) throws IOException {
        key.interestOps(operations);
        long millis = (deadline - System.nanoTime() + 999_999) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException(
                    operations == SelectionKey.OP_READ || operations == SelectionKey.OP_CONNECT
                            ? "the server did not answer in time"
                            : "the server took nothing in time");
        }
        selector.select(millis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
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
