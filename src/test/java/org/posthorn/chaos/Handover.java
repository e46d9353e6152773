package org.posthorn.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Offers one message to one list by LMTP, with a front MTA's patience. */
final class Handover {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int REPLY_MILLIS = 20_000;

    /** What became of it. */
    sealed interface Outcome {}

    /** 250: from now on it is the other side's. */
    record Accepted() implements Outcome {}

    /** 4xx, or no answer: it is to be offered again. */
    record Later(String why) implements Outcome {}

    /** 5xx. */
    record Refused(String reply) implements Outcome {}

    private Handover() {}

    static Outcome offer(int port, String sender, String recipient, String message) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(REPLY_MILLIS);
            socket.setTcpNoDelay(true);
            return new Dialogue(socket).offer(sender, recipient, message);
        } catch (IOException e) {
            return new Later(e.toString());
        }
    }

    private static final class Dialogue {

        private final Socket socket;
        private final BufferedReader in;

        Dialogue(Socket socket) throws IOException {
            this.socket = socket;
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        Outcome offer(String sender, String recipient, String message) throws IOException {
            String reply = reply();
            String[] commands = {
                "LHLO front.chaos.example", "MAIL FROM:<" + sender + ">", "RCPT TO:<" + recipient + ">", "DATA"
            };
            for (int i = 0; reply.startsWith("2") && i < commands.length; i++) {
                reply = say(commands[i] + "\r\n");
            }
            if (reply.startsWith("354")) {
                reply = say(message + ".\r\n");
            }
            return switch (reply.isEmpty() ? ' ' : reply.charAt(0)) {
                case '2' -> new Accepted();
                case '5' -> new Refused(reply);
                default -> new Later(reply);
            };
        }

        private String say(String octets) throws IOException {
            socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return reply();
        }

        /** @return its last line; empty at the connection's end */
        private String reply() throws IOException {
            String line = in.readLine();
            while (line != null && line.length() > 3 && line.charAt(3) == '-') {
                line = in.readLine();
            }
            return line == null ? "" : line;
        }
    }
}
