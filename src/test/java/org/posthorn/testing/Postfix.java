package org.posthorn.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Postfix of the test's own: configuration, queue and data in a temporary folder, on a free loopback port. Gone when it
 * is closed, and with the process. Needs root, since Postfix's master does.
 */
public final class Postfix implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/postfix");
    private static final long SECONDS = 120;

    private static final String SERVICES = """
            127.0.0.1:%d inet n - n - - smtpd
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 300 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            relay unix - - n - - smtp
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            lmtp unix - - n - - lmtp
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd
            """;

    private final Path folder;
    private final int port;
    private final Thread closer = new Thread(this::remove);

    private Postfix(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /** Whether this machine and user can run one. */
    public static boolean canRun() {
        return Files.isExecutable(PROGRAM) && "root".equals(System.getProperty("user.name"));
    }

    /**
     * Takes mail from strangers for these domains only, as a site's MX does, with the settings that the product ships.
     *
     * @param shipped {@code server-config/postfix/main.cf}
     * @param lmtpPort where Posthorn listens
     */
    public static Postfix frontOf(int lmtpPort, Path shipped, String... domains) throws IOException {
        Map<String, String> settings = settings(Files.readString(shipped));
        settings.put("relay_transport", settings.get("relay_transport").replace(":8024", ":" + lmtpPort));
        return front(settings, domains);
    }

    /**
     * The same before two nodes.
     *
     * @param shipped {@code server-config/postfix}
     */
    public static Postfix frontOfTwo(int firstPort, int secondPort, Path shipped, String... domains)
            throws IOException {
        Map<String, String> settings = settings(
                Files.readString(shipped.resolve("main.cf")) + Files.readString(shipped.resolve("two-nodes.cf")));
        settings.put(
                "relay_transport",
                settings.get("relay_transport")
                        .replace("192.0.2.11:8024", "127.0.0.1:" + firstPort)
                        .replace("192.0.2.12:8024", "127.0.0.1:" + secondPort));
        return front(settings, domains);
    }

    private static Postfix front(Map<String, String> settings, String... domains) throws IOException {
        settings.put("relay_domains", String.join(" ", domains));
        settings.put("mynetworks", "192.0.2.1/32");
        settings.put("default_transport", "error:5.4.4 no way out");
        return start(settings);
    }

    /**
     * Takes mail from loopback for everybody, as a smarthost does.
     *
     * @param nextPort where it goes on to by SMTP; 0: it is thrown away
     */
    public static Postfix smarthost(int nextPort) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("mynetworks", "127.0.0.0/8");
        settings.put("smtpd_recipient_restrictions", "permit_mynetworks, reject");
        settings.put("default_transport", nextPort == 0 ? "discard:" : "smtp:[127.0.0.1]:" + nextPort);
        return start(settings);
    }

    /** One that throws all mail away. @param more settings, which count before its own */
    public static Postfix smarthost(Map<String, String> more) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("mynetworks", "127.0.0.0/8");
        settings.put("default_transport", "discard:");
        settings.putAll(more);
        return start(settings);
    }

    private static Postfix start(Map<String, String> more) throws IOException {
        if (!canRun()) {
            throw new IllegalStateException("this test needs root and the Debian package postfix: run bin/verify");
        }
        Path folder = Files.createTempDirectory("posthorn-postfix-");
        Files.setPosixFilePermissions(
                folder, PosixFilePermissions.fromString("rwxr-xr-x")); // Postfix's own user must get in
        Postfix postfix = new Postfix(folder, FreePort.next());
        postfix.configure(more);
        Runtime.getRuntime().addShutdownHook(postfix.closer);
        postfix.run("start");
        postfix.awaitPort();
        return postfix;
    }

    private void configure(Map<String, String> more) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.ofEntries(
                Map.entry("compatibility_level", "3.6"),
                Map.entry("queue_directory", folder.resolve("queue").toString()),
                Map.entry("data_directory", folder.resolve("data").toString()),
                Map.entry("command_directory", "/usr/sbin"),
                Map.entry("daemon_directory", "/usr/lib/postfix/sbin"),
                Map.entry("mail_owner", "postfix"),
                Map.entry("setgid_group", "postdrop"),
                Map.entry("maillog_file", folder.resolve("maillog").toString()),
                Map.entry("maillog_file_prefixes", folder.toString()),
                Map.entry("inet_interfaces", "127.0.0.1"),
                Map.entry("inet_protocols", "ipv4"),
                Map.entry("myhostname", "mx.front.example"),
                Map.entry("mydestination", ""),
                Map.entry("alias_maps", ""),
                Map.entry("alias_database", ""),
                Map.entry("local_recipient_maps", ""),
                Map.entry("smtpd_relay_restrictions", "permit_mynetworks, reject_unauth_destination"),
                Map.entry("disable_dns_lookups", "yes"),
                Map.entry("minimal_backoff_time", "1s"),
                Map.entry("queue_run_delay", "1s")));
        settings.putAll(more);
        String text = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " = " + setting.getValue() + "\n")
                .collect(Collectors.joining());
        Path configuration = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(configuration.resolve("main.cf"), text);
        Files.writeString(configuration.resolve("master.cf"), SERVICES.formatted(port));
        Files.createDirectory(folder.resolve("queue"));
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setOwner(
                data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postfix"));
    }

    /** A main.cf as its settings, each in one line. */
    private static Map<String, String> settings(String text) {
        Map<String, String> settings = new TreeMap<>();
        String joined = text.replaceAll("(?m)^#.*\\n", "").replaceAll("\\n[ \\t]+", " ");
        joined.lines().filter(line -> line.contains("=")).forEach(line -> {
            int equals = line.indexOf('=');
            settings.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        });
        return settings;
    }

    /** Where it listens for SMTP, on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Tries everything that waits in the queue at once. */
    public void flush() {
        run("flush");
    }

    /** What it has logged so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("maillog"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private void run(String command) {
        try {
            Process process = new ProcessBuilder(
                            PROGRAM.toString(), "-c", folder.resolve("etc").toString(), command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(command + ".out").toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException("postfix " + command + " failed: "
                        + Files.readString(folder.resolve(command + ".out")) + log());
            }
        } catch (IOException e) {
            throw new IllegalStateException("postfix " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitPort() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < until) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("Postfix does not listen on port " + port + ": " + log());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(closer);
        remove();
    }

    private void remove() {
        try {
            run("stop");
        } catch (IllegalStateException e) {
            // Not running (any more): nothing to stop.
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(files::add);
        } catch (IOException e) {
            return;
        }
        files.forEach(file -> file.toFile().delete());
    }
}
