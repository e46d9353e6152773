package org.posthorn.launch.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A line-based conversation on loopback, as LMTP and POP3 are: commands out, lines back. Waits 30 seconds at most. */
final class Conversation implements AutoCloseable {

    private static final int WAIT_MILLIS = 30_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    Conversation(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WAIT_MILLIS);
        socket.setSoTimeout(WAIT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @return the next line, without its end */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.write(octet);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /**
     * @param command one line, without its end
     * @param good how the reply has to begin
     * @return the last line of the reply
     * @throws IOException when the reply is another
     */
    String ask(String command, String good) throws IOException {
        send(command + "\r\n");
        return expect(good);
    }

    /** @return the last line of a reply (RFC 5321: a hyphen after the code says that another follows) */
    String expect(String good) throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        if (!line.startsWith(good)) {
            throw new IOException("answered: " + line);
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
