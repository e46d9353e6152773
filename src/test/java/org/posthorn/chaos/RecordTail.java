package org.posthorn.chaos;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Reads a sink's record while it grows, and to its end once the sink has ended. */
final class RecordTail implements Runnable {

    private static final int BUFFER = 1 << 16;
    private static final long PAUSE_NANOS = 50_000_000;

    private final Path record;
    private final String smarthost;
    private final String life;
    private final BooleanSupplier alive;
    private final Consumer<Copy> taken;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    /**
     * @param life of the sink: no other of the run is called so
     * @param alive whether the sink may still write
     */
    RecordTail(Path record, String smarthost, String life, BooleanSupplier alive, Consumer<Copy> taken) {
        this.record = record;
        this.smarthost = smarthost;
        this.life = life;
        this.alive = alive;
        this.taken = taken;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(record)) {
            while (true) {
                boolean last = !alive.getAsBoolean();
                int octets;
                while ((octets = in.read(buffer)) > 0) {
                    read(buffer, octets);
                }
                if (last) {
                    return;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that is cut short at the record's end was never acknowledged, and is left out. */
    private void read(byte[] buffer, int octets) {
        for (int i = 0; i < octets; i++) {
            if (buffer[i] != '\n') {
                line.write(buffer[i]);
                continue;
            }
            String[] fields = line.toString(StandardCharsets.UTF_8).split("\t", -1);
            line.reset();
            if (fields.length != 8) {
                throw new IllegalStateException("no record of a sink: " + String.join("|", fields));
            }
            taken.accept(new Copy(
                    smarthost,
                    fields[7],
                    life + "." + fields[1],
                    Long.parseLong(fields[0]) / 1000,
                    fields[3],
                    fields[4],
                    fields[5],
                    Integer.parseUnsignedInt(fields[6], 16)));
        }
    }
}
