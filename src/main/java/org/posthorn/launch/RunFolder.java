package org.posthorn.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * The folder that one running server writes to: its configuration, the unpacked application, what it compiles. Made
 * anew at each start, since Payara would otherwise deploy again what a former run left.
 *
 * <p>Lies under the home as {@code run/server-N}: the first number whose lock file no living process holds. The
 * operating system gives the lock back when the process dies, however it dies, so nothing is ever cleaned up by hand,
 * and nodes that share a home (several on PostgreSQL) get a folder each.
 */
final class RunFolder {

    private static final int MOST_NODES_PER_HOME = 100;

    private final Path path;

    /** Held open, and with it locked, until the process ends. */
    @SuppressWarnings("unused")
    private final FileChannel lock;

    private RunFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * @param home the node's home folder
     * @return an empty folder that is this process's alone
     * @throws IOException when the home cannot be written, or a hundred nodes run in it
     */
    static RunFolder claim(Path home) throws IOException {
        Path parent = Files.createDirectories(home.resolve("run"));
        for (int number = 0; number < MOST_NODES_PER_HOME; number++) {
            FileChannel channel = FileChannel.open(
                    parent.resolve("server-" + number + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                continue;
            }
            Path path = parent.resolve("server-" + number);
            empty(path);
            return new RunFolder(path, channel);
        }
        throw new IOException(MOST_NODES_PER_HOME + " nodes run in " + home);
    }

    Path path() {
        return path;
    }

    /** Copies a folder of the unpacked server into this one; the original is shared and stays as it is. */
    void copy(Path server, String folder) throws IOException {
        try (var files = Files.walk(server.resolve(folder))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, path.resolve(server.relativize(file).toString()));
            }
        }
    }

    /** Copies a resource that lies beside this class into the folder: Payara reads its command files from disk only. */
    Path resource(String name) throws IOException {
        try (InputStream in = RunFolder.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " cannot be missing beside the launcher");
            }
            Path file = path.resolve(name);
            Files.copy(in, file);
            return file;
        }
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        Files.createDirectories(folder);
    }
}
