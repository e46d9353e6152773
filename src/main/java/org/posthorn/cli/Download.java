package org.posthorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;

/** Saves what the server sends. An old file stays until the new one is whole. */
final class Download {

    private Download() {}

    static void save(Server server, Target target, Path file) {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (InputStream in = server.download(target)) {
            try (OutputStream out = Files.newOutputStream(part)) {
                in.transferTo(out);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandException(Exit.FAILED, file + " could not be written whole: " + e.getMessage());
        } finally {
            remove(part);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // a piece of a file is left, and its name says so
        }
    }
}
