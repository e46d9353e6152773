package org.posthorn.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.posthorn.cli.rest.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A backup of the embedded database, made by the running node. */
@Command(
        name = "backup",
        description = {
            "Back up the node's embedded database (H2) to a file while mail flows.",
            "\"posthorn restore FILE\" puts it in place in a home without a database. A site on PostgreSQL uses pg_dump."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  posthorn backup /srv/backup/posthorn.zip", "  posthorn backup --timeout 3600 large.zip"})
final class BackupCommand implements Callable<Integer> {

    @ParentCommand
    private Posthorn posthorn;

    @Parameters(
            paramLabel = "FILE",
            description = "Where to; it appears when it is whole, and is readable by its owner alone.")
    private Path file;

    @Override
    public Integer call() {
        try (InputStream backup = posthorn.server().download(Target.of("api", "backup"))) {
            Path folder = file.toAbsolutePath().getParent();
            Path fresh = Files.createTempFile(folder, ".posthorn-backup", ".zip");
            try {
                long octets = Files.copy(backup, fresh, StandardCopyOption.REPLACE_EXISTING);
                Files.move(fresh, file.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
                posthorn.note(file + ": " + octets + " octets");
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new CommandException(Exit.FAILED, "the backup broke off: " + e.getMessage());
        }
        return Exit.OK;
    }
}
