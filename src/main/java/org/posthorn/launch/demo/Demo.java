package org.posthorn.launch.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows one post's way through a node of its own, in words, then leaves everything running until Ctrl-C. Keeps nothing:
 * the home folder is a temporary one and goes at the end.
 */
public final class Demo {

    private static final String DOMAIN = "lists.example.org";
    private static final List<String> MEMBERS = List.of("ann@example.com", "bob@example.net", "carol@example.org");
    private static final Duration ARRIVAL = Duration.ofSeconds(30);
    private static final Pattern SHOWN =
            Pattern.compile("(?i)(Return-Path|From|To|Subject|Message-ID|List-[A-Za-z]+|Precedence):.*");
    private static final Pattern EVENT = Pattern.compile("\"event\"\\s*:\\s*\"([^\"]+)\"");

    private final Path home;
    private final Mailboxes mailboxes = new Mailboxes(freePort(3025), freePort(3110), freePort(3143));
    private final int httpPort = freePort(preferred("POSTHORN_HTTP_PORT", 8080));
    private final int lmtpPort = freePort(preferred("POSTHORN_LMTP_PORT", 8024));
    private final String password = HexFormat.of().formatHex(new SecureRandom().generateSeed(8));

    private Demo(Path home) {
        this.home = home;
    }

    /** @param command the command that starts a node, word by word */
    public static void main(String[] command) throws Exception {
        Path home = Files.createTempDirectory("posthorn-demo-");
        Demo demo = new Demo(home);
        demo.mailboxes.start();
        NodeProcess node = new NodeProcess(List.of(command), demo.settings(), home.resolve("node.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node, home)));
        int status;
        try {
            demo.show(node);
            status = node.waitFor();
        } catch (IOException e) {
            say("The demo falls short: " + e.getMessage());
            status = 1;
        }
        System.exit(status);
    }

    private Map<String, String> settings() {
        return Map.of(
                "POSTHORN_HOME",
                home.resolve("home").toString(),
                "POSTHORN_HTTP_BIND",
                "127.0.0.1",
                "POSTHORN_HTTP_PORT",
                Integer.toString(httpPort),
                "POSTHORN_PUBLIC_URL",
                "http://localhost:" + httpPort,
                "POSTHORN_LMTP_BIND",
                "127.0.0.1",
                "POSTHORN_LMTP_PORT",
                Integer.toString(lmtpPort),
                "POSTHORN_SMARTHOSTS",
                "smtp://127.0.0.1:" + mailboxes.smtp() + "?name=greenmail&starttls=off",
                "POSTHORN_ADMIN_USER",
                "admin",
                "POSTHORN_ADMIN_PASSWORD",
                password);
    }

    private void show(NodeProcess node) throws IOException, InterruptedException {
        say("Starting a node on the embedded database in " + home.resolve("home"));
        say("  with GreenMail beside it: a smarthost on port " + mailboxes.smtp() + " that keeps what it gets.");
        node.awaitReady();
        say("The node is ready.");
        say("");
        say("Making the list demo@" + DOMAIN + " by REST, with three members:");
        node.post("/3.1/domains", "application/json", "{\"mail_host\": \"" + DOMAIN + "\"}");
        node.post("/3.1/lists", "application/json", "{\"fqdn_listname\": \"demo@" + DOMAIN + "\"}");
        node.post(
                "/api/lists/demo." + DOMAIN + "/members/import",
                "text/csv",
                "email\n" + String.join("\n", MEMBERS) + "\n");
        MEMBERS.forEach(member -> say("  " + member));
        say("");
        String messageId = "<first-light." + System.nanoTime() + "@example.com>";
        say("Posting by LMTP to port " + lmtpPort + ", as a mail server would, from " + MEMBERS.get(0)
                + ": \"First light\"");
        say("  the node answers: " + postTo("demo@" + DOMAIN, messageId));
        say("");
        say("What the members find in their mailboxes:");
        for (String member : MEMBERS) {
            show(member, arrival(member));
        }
        say("Where the message is, and what happened to it (GET /api/messages?message_id=…):");
        say("  " + trace(node, messageId));
        say("");
        say("The console: http://localhost:" + httpPort + "/   user: admin   password: " + password);
        say("The members' mailboxes: POP3 on port " + mailboxes.pop3() + ", IMAP on port " + mailboxes.imap()
                + " of 127.0.0.1; the address is the user, any password will do.");
        say("The node's log: " + home.resolve("node.log"));
        say("");
        say("All stays up until Ctrl-C.");
    }

    /** @return the reply */
    private String postTo(String list, String messageId) throws IOException {
        try (Conversation lmtp = new Conversation(lmtpPort)) {
            lmtp.expect("220");
            lmtp.ask("LHLO demo.example.com", "250");
            lmtp.ask("MAIL FROM:<" + MEMBERS.get(0) + ">", "250");
            lmtp.ask("RCPT TO:<" + list + ">", "250");
            lmtp.ask("DATA", "354");
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(Clock.system(ZoneOffset.UTC)));
            lmtp.send("""
                    From: Ann <%s>
                    To: %s
                    Subject: First light
                    Date: %s
                    Message-ID: %s
                    MIME-Version: 1.0
                    Content-Type: text/plain; charset=utf-8

                    Dear list,

                    this is the first post.
                    """.formatted(MEMBERS.get(0), list, date, messageId).replace("\n", "\r\n"));
            String reply = lmtp.ask(".", "250");
            lmtp.ask("QUIT", "221");
            return reply;
        }
    }

    private List<String> arrival(String member) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + ARRIVAL.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<List<String>> message = mailboxes.firstMessage(member);
            if (message.isPresent()) {
                return message.get();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("nothing has arrived for " + member + " within " + ARRIVAL.toSeconds()
                + " s; the node's log: " + home.resolve("node.log"));
    }

    private static void show(String member, List<String> message) {
        say("  " + member);
        message.stream()
                .takeWhile(line -> !line.isEmpty())
                .filter(line -> SHOWN.matcher(line).matches())
                .forEach(line -> say("    | " + line));
        say("");
    }

    private static String trace(NodeProcess node, String messageId) throws IOException, InterruptedException {
        String path = "/api/messages?message_id=" + URLEncoder.encode(messageId, StandardCharsets.UTF_8);
        String answer = node.get(path);
        long deadline = System.nanoTime() + ARRIVAL.toNanos();
        while (!answer.matches("(?s).*\"state\"\\s*:\\s*\"delivered\".*") && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            answer = node.get(path);
        }
        Matcher state = Pattern.compile("\"state\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        return (state.find() ? state.group(1) : "unknown") + ": "
                + String.join(
                        " → ",
                        EVENT.matcher(answer)
                                .results()
                                .map(event -> event.group(1))
                                .toList());
    }

    private static void end(NodeProcess node, Path home) {
        try {
            node.stop();
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            say("Could not remove " + home + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int preferred(String variable, int preset) {
        String text = System.getenv().getOrDefault(variable, "");
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : preset;
    }

    /** @return the wanted port, or any other when that is taken */
    private static int freePort(int wanted) {
        for (int port : new int[] {wanted, 0}) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken: the next one
            }
        }
        throw new IllegalStateException("a free port cannot be missing");
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
