package org.posthorn.cli.tune;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A smarthost on loopback that takes all mail and keeps none: what it is fed at is what this machine can do. Speaks
 * PIPELINING and CHUNKING.
 */
public final class Sink implements Closeable {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int BACKLOG = 256;
    private static final int LONGEST_LINE = 8192;
    private static final byte[] EHLO =
            ascii("250-sink\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-8BITMIME\r\n250 SIZE 104857600\r\n");
    private static final byte[] OK = ascii("250 2.0.0 ok\r\n");
    private static final byte[] GO_AHEAD = ascii("354 go ahead\r\n");
    private static final byte[] BYE = ascii("221 2.0.0 bye\r\n");

    private final ServerSocket server;

    public Sink() throws IOException {
        server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "posthorn-sink");
        thread.setDaemon(true);
        thread.start();
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
            out.write(ascii("220 sink ESMTP\r\n"));
            byte[] reply = OK;
            while (reply != BYE) {
                if (in.available() == 0) {
                    out.flush();
                }
                reply = reply(line(in), in, out);
                out.write(reply);
            }
            out.flush();
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static byte[] reply(String line, InputStream in, OutputStream out) throws IOException {
        String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(Locale.ROOT);
        switch (verb) {
            case "EHLO", "HELO" -> {
                return EHLO;
            }
            case "DATA" -> {
                out.write(GO_AHEAD);
                out.flush();
                skipData(in);
                return OK;
            }
            case "BDAT" -> {
                in.skipNBytes(Long.parseLong(line.split(" ")[1]));
                return OK;
            }
            case "QUIT" -> {
                return BYE;
            }
            default -> {
                return OK;
            }
        }
    }

    private static void skipData(InputStream in) throws IOException {
        int matched = 2; // the end of a line has just been read
        byte[] end = {'\r', '\n', '.', '\r', '\n'};
        while (matched < end.length) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("the client has gone");
            }
            matched = octet == end[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.length() > LONGEST_LINE) {
                throw new IOException("the client has gone, or says what is no command");
            }
            line.append((char) octet);
        }
        return line.toString().strip();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
