package org.posthorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** An HAProxy of the test's own, with the settings that the product ships, on a free loopback port. */
public final class HaProxy implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/haproxy");

    private final int port;
    private final Path folder;
    private final Process process;

    private HaProxy(int port, Path folder, Process process) {
        this.port = port;
        this.folder = folder;
        this.process = process;
    }

    /**
     * @param shipped {@code server-config/haproxy/haproxy.cfg}, of which only the addresses are replaced
     * @throws IllegalStateException when it is not installed or does not start
     */
    public static HaProxy before(int firstPort, int secondPort, Path shipped) throws IOException {
        if (!Files.isExecutable(PROGRAM)) {
            throw new IllegalStateException("this test needs the Debian package haproxy: run bin/verify");
        }
        int port = FreePort.next();
        Path folder = Files.createTempDirectory("posthorn-haproxy-");
        Path file = folder.resolve("haproxy.cfg");
        Files.writeString(
                file,
                Files.readString(shipped)
                        .replace("bind :80\n", "bind 127.0.0.1:" + port + "\n")
                        .replace("192.0.2.11:8080", "127.0.0.1:" + firstPort)
                        .replace("192.0.2.12:8080", "127.0.0.1:" + secondPort));
        Process process = new ProcessBuilder(PROGRAM.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        HaProxy proxy = new HaProxy(port, folder, process);
        if (!Eventually.holds(Duration.ofSeconds(30), () -> {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        })) {
            throw new IllegalStateException("HAProxy does not listen: " + proxy.log());
        }
        return proxy;
    }

    public int port() {
        return port;
    }

    /** What it has said: which node went down and came up, for one. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(folder.resolve("log"));
            Files.deleteIfExists(folder.resolve("haproxy.cfg"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
