package org.posthorn.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.FreePort;
import org.posthorn.testing.Native;

/** A {@code mailsink} that is killed and comes back on the same port, in one mood or another. What it takes is told at once. */
final class Smarthost implements AutoCloseable {

    private static final long STOP_SECONDS = 30;

    /** How it behaves. */
    enum Mood {
        /** A little slower than no smarthost at all, so that a blow finds something under way. */
        WELL("--delay", "10"),
        REFUSING_ALL("--mail4", "1"),
        REFUSING_SOME("--rcpt4", "0.2", "--mail4", "0.2", "--end4", "0.1"),
        SLOW("--delay", "150");

        private final List<String> options;

        Mood(String... options) {
            this.options = List.of(options);
        }

        boolean takesMail() {
            return this != REFUSING_ALL;
        }
    }

    private final String name;
    private final long seed;
    private final Path folder;
    private final Consumer<Copy> taken;
    private final int port = FreePort.next();
    private Process process;
    private Thread tail;
    private Path record;
    private int life;
    private volatile boolean takesMail;

    /** @param seed of what it refuses, with its name and which of its lives it is */
    Smarthost(String name, long seed, Path folder, Consumer<Copy> taken) {
        this.name = name;
        this.seed = seed;
        this.folder = folder;
        this.taken = taken;
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    /** Its line in {@code POSTHORN_SMARTHOSTS}. */
    String url(int connections) {
        return "smtp://127.0.0.1:" + port + "?name=" + name + "&connections=" + connections;
    }

    synchronized void start(Mood mood) {
        try {
            record = folder.resolve(name + "-" + ++life + ".tsv");
            List<String> command = new ArrayList<>(List.of(
                    Native.program("mailsink").toString(),
                    "-l",
                    "127.0.0.1:" + port,
                    "-r",
                    record.toString(),
                    "--record-at-once",
                    "--record-more",
                    "--seed",
                    Long.toUnsignedString(31 * (31 * seed + name.hashCode()) + life)));
            command.addAll(mood.options);
            Path log = folder.resolve(name + ".log");
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            awaitListening();
            tail = new Thread(
                    new RecordTail(record, name, name + "-" + life, process::isAlive, taken), "tail of " + name);
            tail.setDaemon(true);
            tail.start();
            takesMail = mood.takesMail();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() {
        Process started = process;
        boolean listens = Eventually.holds(Duration.ofSeconds(STOP_SECONDS), () -> !started.isAlive() || answers());
        if (!listens || !started.isAlive()) {
            throw new IllegalStateException("the sink " + name + " does not start");
        }
    }

    private boolean answers() throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        }
    }

    /** kill -9; what it had acknowledged is in the ledger when this returns. */
    synchronized void kill() {
        end(Process::destroyForcibly);
    }

    /** SIGTERM, as {@link #kill} otherwise. */
    synchronized void stop() {
        end(Process::destroy);
    }

    private void end(Consumer<Process> signal) {
        takesMail = false;
        if (process == null) {
            return;
        }
        signal.accept(process);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the sink " + name + " does not end");
            }
            tail.join();
            process = null;
            Files.deleteIfExists(record);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a copy may be taken now. */
    boolean takesMail() {
        return takesMail;
    }

    @Override
    public void close() {
        kill();
    }
}
