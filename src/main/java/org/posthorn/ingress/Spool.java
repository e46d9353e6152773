package org.posthorn.ingress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where messages wait between their arrival and their commit: small ones in memory, larger ones in files that only this
 * user can read. Nothing in it is ever needed after a crash, since the front MTA has heard no 250 for it.
 */
public final class Spool {

    /** Up to here a message stays in memory. */
    static final int MEMORY_BYTES = 64 * 1024;

    /** What must stay free on the disk for the database to go on. */
    private static final long RESERVE_BYTES = 64L * 1024 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    public Spool(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder, and removes what a crash left in it. */
    void prepare() {
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
            try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*.spool")) {
                for (Path leftover : leftovers) {
                    Files.deleteIfExists(leftover);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the disk has room for so many octets in the spool and in the database, and for the rest of the work. */
    boolean hasRoomFor(long bytes) {
        return folder.toFile().getUsableSpace() >= RESERVE_BYTES + 3 * bytes; // 0 where it cannot be told
    }

    /** A file that only its owner can read. */
    Path newFile() throws IOException {
        return Files.createTempFile(folder, "", ".spool");
    }

    static OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.WRITE);
    }
}
