package org.posthorn.delivery.smtp;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server on loopback as strict as Postfix: a MAIL within a transaction is refused, and so are RCPT, DATA and BDAT
 * without what must come before them. Says what it was told to; keeps what it heard.
 */
final class ScriptedSmtpServer implements AutoCloseable {

    /** Instead of a reply: hangs up. */
    static final String HANG_UP = "hang up";

    /** Instead of a reply: the line breaks. */
    static final String BREAK = "break";

    /** Instead of a reply: takes and says nothing from now on. */
    static final String STALL = "stall";

    /** Instead of a reply: talks without end, and takes nothing. */
    static final String BABBLE = "babble";

    /** What it says to a command, which is also {@code GREETING}, or {@code .} for a message's end. */
    interface Script {
        String to(String command, String usual);
    }

    /**
     * A message whose end it has seen.
     *
     * @param acknowledged whether all of a positive reply has left
     */
    record Taken(String reversePath, List<String> recipients, String octets, boolean acknowledged) {}

    private final ServerSocket server;
    private final Thread acceptor;
    private final SSLContext tls;
    private final Map<String, String> replies = new ConcurrentHashMap<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> hellos = new CopyOnWriteArrayList<>();
    private final List<String> signsOfLife = new CopyOnWriteArrayList<>();
    private final List<String> inTheClear = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private Script script = this::once;
    private volatile String extensions = "250-8BITMIME\r\n250 ENHANCEDSTATUSCODES";
    private volatile String inBody;
    private volatile boolean implicitTls;
    private volatile boolean inPieces;
    private volatile boolean late;
    private volatile long cutAfter = Long.MAX_VALUE;
    private volatile int connections;

    ScriptedSmtpServer() throws IOException {
        this(null);
    }

    /** @param tls for STARTTLS and for implicit TLS; null: neither */
    ScriptedSmtpServer(SSLContext tls) throws IOException {
        this.tls = tls;
        server = new ServerSocket();
        server.setReceiveBufferSize(16 * 1024);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        acceptor = daemon(this::accept);
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

    void answers(Script always) {
        script = always;
    }

    void offers(String ehloLines) {
        extensions = ehloLines;
    }

    String offered() {
        return extensions;
    }

    /** To the next message's end, as soon as its first octets have come. */
    void saysInTheBody(String reply) {
        inBody = reply;
    }

    /** TLS from the first octet. */
    void speaksTlsAtOnce() {
        implicitTls = true;
    }

    /** Each octet of a reply by itself. */
    void saysInPieces() {
        inPieces = true;
    }

    /** Nothing as long as there is something to read. */
    void saysLate() {
        late = true;
    }

    /** Says no more than so many octets on a connection, then ends it. */
    void fallsSilentAfter(long octets) {
        cutAfter = octets;
    }

    /** Something that nobody asked for, to all who are connected. */
    void tell(String reply) throws IOException {
        for (Socket socket : sockets) {
            socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** All that it heard but EHLO and NOOP. */
    List<String> commands() {
        return commands;
    }

    List<String> hellos() {
        return hellos;
    }

    /** All that it heard without TLS, but mail. */
    List<String> inTheClear() {
        return inTheClear;
    }

    /** Octets as they came over the wire, up to the final dot, or in chunks. */
    List<byte[]> messages() {
        return messages;
    }

    List<Taken> taken() {
        return taken;
    }

    int connections() {
        return connections;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections++;
                sockets.add(socket);
                daemon(() -> {
                    try (socket) {
                        new Conversation(socket).hold();
                    } catch (IOException e) {
                        // the client is gone
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private String once(String command, String usual) {
        for (String scripted : replies.keySet()) {
            if (command.startsWith(scripted)) {
                return replies.remove(scripted);
            }
        }
        return usual;
    }

    @Override
    public void close() throws IOException {
        server.close();
        try {
            acceptor.join(10_000); // until it is gone from accept, the port takes connections
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** One client. */
    private final class Conversation {

        /** A reply that has not left. @param message that it is about, or null */
        private record Unsaid(String reply, Taken message) {}

        private Socket socket;
        private InputStream in;
        private long saidOctets;
        private boolean ended;
        private final List<Unsaid> unsaid = new ArrayList<>();

        private String reversePath;
        private final List<String> recipients = new ArrayList<>();
        private ByteArrayOutputStream chunks = new ByteArrayOutputStream();

        Conversation(Socket socket) throws IOException {
            this.socket = socket;
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }

        void hold() throws IOException {
            if (implicitTls) {
                encrypt();
            }
            say(script.to("GREETING", "220 scripted.example ESMTP"));
            while (!ended) {
                String line = line();
                if (line == null && !ended) {
                    return;
                }
                if (line != null) {
                    hear(line);
                }
            }
            // So that what was said is not lost in the client's buffers for what we have not read.
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        }

        private void hear(String line) throws IOException {
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            (verb.equals("EHLO") ? hellos : verb.equals("NOOP") ? signsOfLife : commands).add(line);
            if (!(socket instanceof SSLSocket)) {
                inTheClear.add(line);
            }
            switch (verb) {
                case "EHLO" -> say(script.to(line, "250-scripted.example\r\n" + extensions));
                case "MAIL" -> mail(line);
                case "RCPT" -> recipient(line);
                case "DATA" -> data(line);
                case "BDAT" -> chunk(line);
                case "RSET" -> {
                    reset();
                    say(script.to(line, "250 2.0.0 ok"));
                }
                case "STARTTLS" -> startTls(line);
                case "AUTH" -> authenticate(line);
                case "QUIT" -> {
                    say("221 2.0.0 bye");
                    ended = true;
                }
                default -> say(script.to(line, "250 2.0.0 ok"));
            }
        }

        private void reset() {
            reversePath = null;
            recipients.clear();
            chunks = new ByteArrayOutputStream();
        }

        private void mail(String line) throws IOException {
            String reply = reversePath != null ? "503 5.5.1 nested MAIL command" : script.to(line, "250 2.1.0 ok");
            if (reply.startsWith("250")) {
                reversePath = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
            }
            say(reply);
        }

        private void recipient(String line) throws IOException {
            String reply = reversePath == null ? "503 5.5.1 need MAIL command" : script.to(line, "250 2.1.5 ok");
            if (reply.startsWith("25")) {
                recipients.add(line.substring(line.indexOf('<') + 1, line.lastIndexOf('>')));
            }
            say(reply);
        }

        private void data(String line) throws IOException {
            String usual = reversePath == null
                    ? "503 5.5.1 need RCPT command"
                    : recipients.isEmpty() ? "554 5.5.1 no valid recipients" : "354 go ahead";
            String reply = script.to(line, usual);
            say(reply);
            if (reply.startsWith("354") && !ended) {
                byte[] octets = body();
                if (octets != null) {
                    messages.add(octets);
                    end(new String(octets, StandardCharsets.ISO_8859_1));
                } else {
                    reset();
                }
            }
        }

        /** @return null when the client ends the connection first */
        private byte[] body() throws IOException {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            String early = inBody;
            for (String line = line(); line != null; line = line()) {
                if (line.equals(".")) {
                    return early == null ? octets.toByteArray() : null;
                }
                if (inBody != null) {
                    inBody = null;
                    say(early);
                    if (ended) {
                        return null;
                    }
                }
                octets.writeBytes((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            }
            ended = true;
            return null;
        }

        private void chunk(String line) throws IOException {
            String[] words = line.split(" ");
            byte[] octets = in.readNBytes(Integer.parseInt(words[1]));
            if (octets.length < Integer.parseInt(words[1])) {
                ended = true;
                return;
            }
            if (recipients.isEmpty()) {
                say(script.to(line, reversePath == null ? "503 5.5.1 need MAIL" : "554 5.5.1 no valid recipients"));
                return;
            }
            chunks.writeBytes(octets);
            if (words.length > 2) {
                messages.add(chunks.toByteArray());
                end(chunks.toString(StandardCharsets.ISO_8859_1));
            } else {
                say(script.to(line, "250 2.0.0 ok"));
            }
        }

        private void end(String octets) throws IOException {
            String reply = script.to(".", recipients.isEmpty() ? "554 5.5.1 no valid recipients" : "250 2.0.0 queued");
            Taken message = new Taken(reversePath, List.copyOf(recipients), octets, reply.startsWith("2"));
            reset();
            say(reply, message);
        }

        private void startTls(String line) throws IOException {
            String reply = script.to(line, tls == null ? "502 5.5.1 no" : "220 2.0.0 go ahead");
            say(reply);
            if (reply.startsWith("220") && tls != null) {
                encrypt();
                reset();
            } else if (reply.startsWith("220")) {
                ended = true; // it cannot do what it said
            }
        }

        private void encrypt() throws IOException {
            SSLSocket secure = (SSLSocket) tls.getSocketFactory()
                    .createSocket(socket, socket.getInetAddress().getHostAddress(), port(), true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            socket = secure;
            in = new BufferedInputStream(secure.getInputStream());
        }

        private void authenticate(String line) throws IOException {
            if (line.equals("AUTH LOGIN")) {
                for (String prompt : List.of("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6")) {
                    String reply = script.to(line, prompt);
                    say(reply);
                    if (!reply.startsWith("334")) {
                        return;
                    }
                    commands.add(line());
                }
            }
            String reply = script.to("AUTH", "235 2.7.0 welcome");
            say(reply);
            if (reply.startsWith("334")) {
                commands.add(line());
                say("535 5.7.8 no");
            }
        }

        private void say(String reply) throws IOException {
            say(reply, null);
        }

        private void say(String reply, Taken message) throws IOException {
            switch (reply) {
                case HANG_UP -> ended = true;
                case BREAK -> {
                    socket.setSoLinger(true, 0);
                    socket.close();
                    ended = true;
                }
                case STALL -> stall();
                case BABBLE -> babble();
                default -> {
                    unsaid.add(new Unsaid(reply, message));
                    ended |= reply.startsWith("421");
                    if (!late || ended) {
                        sayAll();
                    }
                    return;
                }
            }
            if (message != null) {
                taken.add(new Taken(message.reversePath(), message.recipients(), message.octets(), false));
            }
        }

        private void stall() {
            while (!socket.isClosed() && !server.isClosed()) {
                LockSupport.parkNanos(1_000_000);
            }
            ended = true;
        }

        private void babble() throws IOException {
            byte[] babble = "250 and another thing\r\n".repeat(1000).getBytes(StandardCharsets.US_ASCII);
            while (true) {
                socket.getOutputStream().write(babble);
            }
        }

        private void sayAll() throws IOException {
            for (Unsaid next : List.copyOf(unsaid)) {
                unsaid.remove(0);
                byte[] octets = (next.reply() + "\r\n").getBytes(StandardCharsets.US_ASCII);
                int count = (int) Math.min(octets.length, cutAfter - saidOctets);
                if (next.message() != null) {
                    Taken message = next.message();
                    boolean whole = message.acknowledged() && count == octets.length;
                    taken.add(new Taken(message.reversePath(), message.recipients(), message.octets(), whole));
                }
                if (inPieces) {
                    for (int i = 0; i < count; i++) {
                        socket.getOutputStream().write(octets, i, 1);
                    }
                } else {
                    socket.getOutputStream().write(octets, 0, count);
                }
                saidOctets += count;
                if (count < octets.length) {
                    ended = true;
                    unsaid.clear();
                    return;
                }
            }
        }

        /** A line as ISO 8859-1 without its CR LF; a bare LF or CR stays in it. */
        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                if (!unsaid.isEmpty() && in.available() == 0) {
                    sayAll();
                    if (ended) {
                        return null;
                    }
                }
                int octet = in.read();
                if (octet < 0) {
                    return null;
                }
                line.append((char) octet);
                int length = line.length();
                if (length >= 2 && line.charAt(length - 2) == '\r' && line.charAt(length - 1) == '\n') {
                    line.setLength(length - 2);
                    return line.toString();
                }
            }
        }
    }
}
