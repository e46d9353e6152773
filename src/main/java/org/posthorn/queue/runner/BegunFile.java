package org.posthorn.queue.runner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Which entries are being worked on, in a file beside an embedded database. The file is mapped: what is written is the
 * kernel's at once, so it outlives the process; that it need not outlive the machine is what makes it cheap, for a power cut is
 * no entry's fault.
 */
final class BegunFile {

    /** A place takes a runner's group. */
    static final int PLACE_SIZE = SliceRunner.GROUP;

    /** More than runners may work at once. */
    private static final int PLACES = 64;

    private static final byte[] KIND = "PHBEGUN1".getBytes(StandardCharsets.US_ASCII);
    private static final int PLACE_BYTES = Long.BYTES * (1 + PLACE_SIZE);

    private final MappedByteBuffer map;
    private final BlockingQueue<Integer> free = new ArrayBlockingQueue<>(PLACES);

    private BegunFile(MappedByteBuffer map) {
        this.map = map;
        for (int place = 0; place < PLACES; place++) {
            free.add(place);
        }
    }

    /** Opens the file, or makes it. Only for the one process that the database is open in. */
    static BegunFile open(Path path) throws IOException {
        int size = KIND.length + PLACES * PLACE_BYTES;
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            // Written out: a full disk is an exception here, and an error that nobody expects where the file is mapped.
            ByteBuffer missing = ByteBuffer.allocate((int) Math.max(0, size - channel.size()));
            channel.position(channel.size());
            while (missing.hasRemaining()) {
                channel.write(missing);
            }
            BegunFile file = new BegunFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, size));
            if (!file.isOfThisKind()) {
                file.clear();
            }
            return file;
        }
    }

    private boolean isOfThisKind() {
        byte[] kind = new byte[KIND.length];
        map.get(0, kind);
        return Arrays.equals(kind, KIND);
    }

    /** @return the entries that the process before this one worked on when it died */
    List<Long> left() {
        List<Long> ids = new ArrayList<>();
        for (int place = 0; place < PLACES; place++) {
            long count = Math.max(0, Math.min(PLACE_SIZE, map.getLong(start(place))));
            for (int i = 1; i <= count; i++) {
                ids.add(map.getLong(start(place) + i * Long.BYTES));
            }
        }
        return ids;
    }

    /** Forgets {@link #left}. Before the first {@link #note} only. */
    void clear() {
        map.put(0, KIND);
        for (int place = 0; place < PLACES; place++) {
            erase(place);
        }
    }

    /** @return the place of the note; -1: there is none for it */
    int note(List<Long> ids) {
        Integer place = ids.size() > PLACE_SIZE ? null : free.poll();
        if (place == null) {
            return -1;
        }
        for (int i = 0; i < ids.size(); i++) {
            map.putLong(start(place) + (i + 1) * Long.BYTES, ids.get(i));
        }
        map.putLong(start(place), ids.size());
        return place;
    }

    /** The note is no longer true, but its place is not free yet. */
    void erase(int place) {
        map.putLong(start(place), 0);
    }

    /** The work is over. Once for each {@link #note}. */
    void free(int place) {
        erase(place);
        free.add(place);
    }

    private static int start(int place) {
        return KIND.length + place * PLACE_BYTES;
    }
}
