package org.posthorn.platform.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** TLS between a connection's octets and its line. Used by the connection's own thread alone. */
public final class TlsCodec {

    /** The octets under the TLS records. Each call waits, and ends at its deadline. */
    public interface Line {

        void send(ByteBuffer octets, long deadline) throws IOException;

        /** @return how many octets came, 1 at the least; -1: the other side has ended the connection */
        int receive(ByteBuffer into, long deadline) throws IOException;
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final Line line;
    private final ByteBuffer records;
    private ByteBuffer plain;

    public TlsCodec(SSLEngine engine, Line line) {
        this.engine = engine;
        this.line = line;
        this.records =
                ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).flip();
        this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize())
                .flip();
    }

    /** @throws IOException also when the other side ends the connection in the midst of it */
    public void handshake(long deadline) throws IOException {
        engine.beginHandshake();
        while (!settled(deadline)) {
            if (!unwrap(deadline)) {
                throw new SSLException("the connection ended in the handshake");
            }
        }
    }

    public void write(ByteBuffer octets, long deadline) throws IOException {
        while (octets.hasRemaining()) {
            wrap(octets, deadline);
        }
    }

    /** @return how many octets came, 1 at the least; -1: the other side has ended the connection */
    public int read(ByteBuffer into, long deadline) throws IOException {
        while (!plain.hasRemaining()) {
            if (!unwrap(deadline)) {
                return -1;
            }
            settled(deadline);
        }
        int count = Math.min(into.remaining(), plain.remaining());
        into.put(plain.slice(plain.position(), count));
        plain.position(plain.position() + count);
        return count;
    }

    /** Tells the other side that nothing more comes. */
    public void end(long deadline) throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            wrap(NOTHING, deadline);
        }
    }

    /** Does what the handshake wants of this side. @return false: it wants more from the other side */
    private boolean settled(long deadline) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> wrap(NOTHING, deadline);
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    return false;
                }
                default -> {
                    return true;
                }
            }
        }
    }

    private void wrap(ByteBuffer octets, long deadline) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(octets, record);
        if (record.position() == 0 && result.getStatus() == SSLEngineResult.Status.CLOSED && octets.hasRemaining()) {
            throw new SSLException("the other side has ended the session");
        }
        boolean idle = record.position() == 0 && result.bytesConsumed() == 0;
        line.send(record.flip(), deadline);
        if (idle && octets.hasRemaining() && !settled(deadline) && !unwrap(deadline)) {
            throw new SSLException("the connection ended in the midst of a handshake");
        }
    }

    /** Takes one record in. @return false: nothing more comes */
    private boolean unwrap(long deadline) throws IOException {
        while (true) {
            plain.clear();
            SSLEngineResult.Status status;
            try {
                status = engine.unwrap(records, plain).getStatus();
            } finally {
                plain.flip();
            }
            switch (status) {
                case OK -> {
                    return true;
                }
                case CLOSED -> {
                    return false;
                }
                case BUFFER_OVERFLOW ->
                    plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize() + plain.capacity())
                            .flip();
                case BUFFER_UNDERFLOW -> {
                    if (!fill(deadline)) {
                        return false;
                    }
                }
            }
        }
    }

    private boolean fill(long deadline) throws IOException {
        records.compact();
        try {
            if (!records.hasRemaining()) {
                throw new SSLException("a record is larger than TLS allows");
            }
            return line.receive(records, deadline) >= 0;
        } finally {
            records.flip();
        }
    }
}
