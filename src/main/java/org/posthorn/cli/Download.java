package org.posthorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.posthorn.cli.rest.Server;
import org.posthorn.cli.rest.Target;

/** Saves what the server sends, readable by its owner alone. An old file stays until the new one is whole. */
final class Download {

    private Download() {}

    /** @return how many octets */
    static long save(Server server, Target target, Path file) {
        try (InputStream in = server.download(target)) {
            Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".posthorn-", ".part");
            try {
                long octets;
                try (OutputStream out =
                        Files.newOutputStream(part)) { // not Files.copy, which would make a new file for all
                    octets = in.transferTo(out);
                }
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                return octets;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandException(Exit.FAILED, file + " could not be written whole: " + e.getMessage());
        }
    }
}
