package org.posthorn.delivery.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An SMTP server on loopback as strict as Postfix: a MAIL within a transaction is refused. Says what it was told to; keeps
 * what it heard.
 */
final class ScriptedSmtpServer implements AutoCloseable {

    /** Instead of a reply: hangs up. */
    static final String HANG_UP = "hang up";

    /** Instead of a reply: the line breaks. */
    static final String BREAK = "break";

    private final ServerSocket server;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private volatile String extensions = "250-8BITMIME\r\n250 ENHANCEDSTATUSCODES";

    ScriptedSmtpServer() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /**
     * @param command the beginning of a command, {@code GREETING}, or {@code .} for a message's end
     * @param reply what it says to that, once; where it begins with 421 it hangs up afterwards
     */
    void says(String command, String reply) {
        replies.put(command, reply);
    }

    void offers(String ehloLines) {
        extensions = ehloLines;
    }

    /** MAIL and RCPT commands, and those after them. */
    List<String> commands() {
        return commands;
    }

    /** Octets as they came over the wire, up to the final dot. */
    List<byte[]> messages() {
        return messages;
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
        Thread thread = new Thread(work, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }

    private String reply(String command, String usual) {
        for (String scripted : replies.keySet()) {
            if (command.startsWith(scripted)) {
                return replies.remove(scripted);
            }
        }
        return usual;
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            boolean inTransaction = false;
            boolean open = say(out, reply("GREETING", "220 scripted.example ESMTP"));
            while (open) {
                String line = line(in);
                if (line == null) {
                    return;
                }
                String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
                if (!verb.equals("EHLO")) {
                    commands.add(line);
                }
                switch (verb) {
                    case "EHLO" -> open = say(out, reply("EHLO", "250-scripted.example\r\n" + extensions));
                    case "MAIL" -> {
                        String reply = inTransaction ? "503 5.5.1 nested MAIL command" : reply(line, "250 2.1.0 ok");
                        inTransaction |= reply.startsWith("250");
                        open = say(out, reply);
                    }
                    case "DATA" -> {
                        String reply = reply("DATA", "354 go ahead");
                        open = say(out, reply);
                        if (reply.startsWith("354")) {
                            messages.add(data(in));
                            inTransaction = false;
                            open = say(out, reply(".", "250 2.0.0 queued"));
                        }
                    }
                    case "RSET" -> {
                        String reply = reply("RSET", "250 2.0.0 ok");
                        if (reply.equals(BREAK)) {
                            socket.setSoLinger(true, 0);
                            return;
                        }
                        inTransaction = false;
                        open = say(out, reply);
                    }
                    case "QUIT" -> {
                        say(out, "221 2.0.0 bye");
                        return;
                    }
                    default -> open = say(out, reply(line, "250 2.0.0 ok"));
                }
            }
        } catch (IOException e) {
            // the client is gone
        }
    }

    private static byte[] data(InputStream in) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (String line = line(in); line != null && !line.equals("."); line = line(in)) {
            octets.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        return octets.toByteArray();
    }

    /** A line as ISO 8859-1 without its CR LF; a bare LF or CR stays in it. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.append((char) octet);
            if (line.length() >= 2 && line.substring(line.length() - 2).equals("\r\n")) {
                line.setLength(line.length() - 2);
                return line.toString();
            }
        }
        return null;
    }

    private static boolean say(OutputStream out, String reply) throws IOException {
        if (reply.equals(HANG_UP)) {
            return false;
        }
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return !reply.startsWith("421");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
