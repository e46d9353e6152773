package org.posthorn.ingress.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.platform.settings.Settings;

/**
 * Measures what is free on the disks that this node's mail needs. Which file system a folder lies on is looked up once,
 * since that reads the table of mounts; after that a measurement is one system call.
 * */
@ApplicationScoped
public class DiskWatch {

    /** A folder's file system. */
    private static final class Disk {
        private final Path folder;
        private FileStore store;

        Disk(Path folder) {
            this.folder = folder;
        }

        FileStore store() throws IOException {
            if (store == null) {
                store = Files.getFileStore(folder);
            }
            return store;
        }
    }

    private final Room room;
    private final long minFreeBytes;
    private final List<Disk> disks;

    protected DiskWatch() {
        this(null, 0, List.of());
    }

    @Inject
    public DiskWatch(Room room, Settings settings) {
        this(room, settings.headroom().minFreeBytes(), folders(settings));
    }

    /** @param folders none of them need be there yet */
    DiskWatch(Room room, long minFreeBytes, List<Path> folders) {
        this.room = room;
        this.minFreeBytes = minFreeBytes;
        this.disks = folders.stream().map(Disk::new).toList();
    }

    private static List<Path> folders(Settings settings) {
        List<Path> folders =
                new ArrayList<>(List.of(settings.home(), settings.home().resolve("spool")));
        settings.database().folder().ifPresent(folders::add);
        return folders;
    }

    /** Measures once; to be called every second or so, by one thread. */
    public void look() {
        if (minFreeBytes == 0) {
            return;
        }
        try {
            long free = Long.MAX_VALUE;
            for (Disk disk : disks) {
                free = Math.min(free, disk.store().getUsableSpace());
            }
            judge(Shortage.DISK, minFreeBytes, free);
        } catch (IOException e) {
            room.notMeasured(Shortage.DISK, e);
        }
    }

    private void judge(Shortage shortage, long least, long free) {
        room.set(shortage, room.gate(shortage).after(least, free), "free=" + free + " least=" + least);
    }
}
