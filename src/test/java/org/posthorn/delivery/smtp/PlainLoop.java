package org.posthorn.delivery.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends the same octets again and again, each message's end with the next one's envelope, and counts the answers. */
final class PlainLoop implements AutoCloseable {

    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] endAndNext;
    private final int answers;

    PlainLoop(int port, String reversePath, List<String> recipients, String message) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = socket.getOutputStream();
        StringBuilder envelope = new StringBuilder("MAIL FROM:<" + reversePath + ">\r\n");
        recipients.forEach(
                recipient -> envelope.append("RCPT TO:<").append(recipient).append(">\r\n"));
        envelope.append("DATA\r\n");
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes((message + ".\r\n" + envelope).getBytes(StandardCharsets.US_ASCII));
        endAndNext = octets.toByteArray();
        answers = recipients.size() + 3;
        out.write("HELO plain\r\n".getBytes(StandardCharsets.US_ASCII));
        skipLines(2);
        out.write(envelope.toString().getBytes(StandardCharsets.US_ASCII));
        skipLines(answers - 1);
    }

    /** @return how many answers came */
    int message() throws IOException {
        out.write(endAndNext);
        skipLines(answers);
        return answers;
    }

    private void skipLines(int count) throws IOException {
        for (int lines = 0; lines < count; ) {
            int octet = in.read();
            if (octet < 0) {
                throw new EOFException("the sink has gone");
            }
            lines += octet == '\n' ? 1 : 0;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
