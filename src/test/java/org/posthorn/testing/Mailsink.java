package org.posthorn.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code mailsink} (see the head of its source), the counting SMTP server that can be told to misbehave, as a process of
 * its own with one thread, so that its record is in the order of what happened.
 */
public final class Mailsink implements AutoCloseable {

    private static final long STOP_SECONDS = 10;

    /**
     * A recipient's copy that the sink has taken.
     *
     * @param connection in the order in which they were opened
     * @param acknowledged false: the line was cut on purpose in place of the 250
     */
    public record Copy(
            long micros,
            long connection,
            boolean acknowledged,
            String reversePath,
            String recipient,
            String messageId) {}

    /**
     * What it has taken, and how often it has cut the line, with or without having taken a message before.
     *
     * @param refused connections that were one too many
     */
    public record Taken(List<Copy> copies, long cuts, long refused, String statistics) {}

    private final Process process;
    private final int port;
    private final Path record;
    private final List<Copy> read = new ArrayList<>();
    private long readBytes;

    private Mailsink(Process process, int port, Path record) {
        this.process = process;
        this.port = port;
        this.record = record;
    }

    /** @param options as its usage has them */
    public static Mailsink start(String... options) {
        int port = FreePort.next();
        try {
            Path record = Files.createTempFile("mailsink", ".tsv");
            List<String> command = new ArrayList<>(List.of(
                    Native.program("mailsink").toString(),
                    "-l",
                    "127.0.0.1:" + port,
                    "-t",
                    "1",
                    "-r",
                    record.toString()));
            command.addAll(List.of(options));
            Process process = new ProcessBuilder(command).start();
            String said = reader(process.getErrorStream()).readLine();
            if (said == null || !said.contains("listening")) {
                process.destroyForcibly();
                throw new IllegalStateException("mailsink did not start: " + said);
            }
            return new Mailsink(process, port, record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** @return what it has taken up to now, in order */
    public synchronized List<Copy> copies() {
        try (RandomAccessFile file = new RandomAccessFile(record.toFile(), "r")) {
            byte[] more = new byte[Math.toIntExact(file.length() - readBytes)];
            file.seek(readBytes);
            file.readFully(more);
            int whole = more.length;
            while (whole > 0 && more[whole - 1] != '\n') {
                whole--;
            }
            new String(more, 0, whole, StandardCharsets.UTF_8)
                    .lines()
                    .map(Mailsink::copy)
                    .forEach(read::add);
            readBytes += whole;
            return List.copyOf(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it. @return what it has taken, in order */
    public Taken stop() {
        process.toHandle().destroy(); // process.destroy() would close what it has to say
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("mailsink does not end");
            }
            String statistics = reader(process.getInputStream()).readLine();
            List<Copy> copies = Files.readAllLines(record, StandardCharsets.UTF_8).stream()
                    .map(Mailsink::copy)
                    .toList();
            return new Taken(
                    copies,
                    figure(statistics, "dropped") + figure(statistics, "lost_ack"),
                    figure(statistics, "refused"),
                    statistics);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while mailsink ends", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long figure(String statistics, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(statistics);
        if (!found.find()) {
            throw new IllegalStateException("no " + name + " in " + statistics);
        }
        return Long.parseLong(found.group(1));
    }

    private static Copy copy(String line) {
        String[] fields = line.split("\t", -1);
        return new Copy(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                fields[2].equals("A"),
                fields[3],
                fields[4],
                fields[5]);
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Files.deleteIfExists(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
