package org.posthorn.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks LMTP or SMTP octet by octet, so that it can misbehave. A reply is its lines, joined; empty at the connection's end. */
public final class LmtpClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 60_000;

    private Socket socket;
    private InputStream in;
    private final String greeting;

    /** Connects to a loopback port and reads the greeting. */
    public LmtpClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        greeting = reply();
    }

    /** A client that has said LHLO. */
    public static LmtpClient greeted(int port) throws IOException {
        LmtpClient client = new LmtpClient(port);
        client.say("LHLO client.example\r\n");
        return client;
    }

    public String greeting() {
        return greeting;
    }

    /** Goes on under TLS. @return the server's certificate */
    public Certificate encrypt(SSLContext context, String version) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        encrypted.setEnabledProtocols(new String[] {version});
        encrypted.startHandshake();
        socket = encrypted;
        in = new BufferedInputStream(socket.getInputStream());
        return encrypted.getSession().getPeerCertificates()[0];
    }

    /** Sends octets as ISO 8859-1 and does not wait. */
    public void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends, and reads one reply. */
    public String say(String octets) throws IOException {
        send(octets);
        return reply();
    }

    /** Sends, and reads so many replies. */
    public List<String> say(String octets, int replies) throws IOException {
        send(octets);
        List<String> all = new ArrayList<>();
        for (int i = 0; i < replies; i++) {
            all.add(reply());
        }
        return all;
    }

    public String reply() throws IOException {
        StringBuilder reply = new StringBuilder();
        while (true) {
            String line = line();
            reply.append(reply.isEmpty() ? "" : "\n").append(line);
            if (line.length() < 4 || line.charAt(3) != '-') {
                return reply.toString();
            }
        }
    }

    /** @return all replies up to the connection's end */
    public List<String> rest() throws IOException {
        List<String> all = new ArrayList<>();
        for (String reply = reply(); !reply.isEmpty(); reply = reply()) {
            all.add(reply);
        }
        return all;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
