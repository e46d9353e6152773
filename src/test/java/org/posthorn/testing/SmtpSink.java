package org.posthorn.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A smarthost on loopback that takes everything and keeps it, with the envelope. */
public final class SmtpSink implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("(?i)^(?:MAIL FROM|RCPT TO):\\s*<([^>]*)>.*");

    /**
     * One message as it came.
     *
     * @param reversePath without the angle brackets; empty: the null reverse-path
     * @param recipients of this one transaction
     * @param text the octets as ISO 8859-1, lines ended by CR LF
     * @param atNanos when it was complete, as {@link System#nanoTime} has it
     */
    public record Received(String reversePath, List<String> recipients, String text, long atNanos) {

        /** @return the header field's value, unfolded */
        public Optional<String> header(String name) {
            String head = text.substring(0, text.indexOf("\r\n\r\n") + 2).replaceAll("\r\n[ \t]+", " ");
            Matcher matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + ":[ \t]*(.*?)\r?$")
                    .matcher(head);
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        public String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }
    }

    private final ServerSocket server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    public SmtpSink() throws IOException {
        this(0);
    }

    /** @param port a free one; 0: any */
    public SmtpSink(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** @return what POSTHORN_SMARTHOSTS takes */
    public String url() {
        return "smtp://127.0.0.1:" + port() + "?name=sink";
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** @return the recipients of all copies of the message with this Message-ID, once per copy */
    public List<String> recipientsOf(String messageId) {
        return copiesOf(messageId).stream()
                .flatMap(copy -> copy.recipients().stream())
                .toList();
    }

    /** @return all copies of the message with this Message-ID */
    public List<Received> copiesOf(String messageId) {
        return received.stream()
                .filter(copy -> copy.header("Message-ID").equals(Optional.of(messageId)))
                .toList();
    }

    /** Waits until so many recipients have this message. */
    public boolean awaitRecipients(String messageId, int count, Duration within) {
        return Eventually.holds(within, () -> recipientsOf(messageId).size() >= count);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                daemon(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "smtp-sink");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            say(out, "220 sink.example ESMTP");
            String reversePath = "";
            List<String> recipients = new ArrayList<>();
            for (String line = line(in); line != null; line = line(in)) {
                Matcher path = PATH.matcher(line);
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "EHLO" ->
                        say(
                                out,
                                "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES");
                    case "MAIL" -> {
                        reversePath = path.matches() ? path.group(1) : line;
                        recipients.clear();
                        say(out, "250 2.1.0 Ok");
                    }
                    case "RCPT" -> {
                        recipients.add(path.matches() ? path.group(1) : line);
                        say(out, "250 2.1.5 Ok");
                    }
                    case "DATA" -> {
                        say(out, "354 Go ahead");
                        String text = data(in);
                        received.add(new Received(reversePath, List.copyOf(recipients), text, System.nanoTime()));
                        say(out, "250 2.0.0 Ok");
                    }
                    case "QUIT" -> {
                        say(out, "221 2.0.0 Bye");
                        return;
                    }
                    default -> say(out, "250 2.0.0 Ok");
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static String data(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
            text.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return text.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                return null;
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        // Else a connection that a node keeps open would go on taking mail.
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
