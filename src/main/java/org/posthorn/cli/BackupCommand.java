package org.posthorn.cli;

import jakarta.json.Json;
import java.nio.file.Path;
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
        long octets = Download.save(posthorn.server(), Target.of("api", "backup"), file);
        if (posthorn.output().isJson()) {
            posthorn.output()
                    .object(Json.createObjectBuilder()
                            .add("file", file.toString())
                            .add("octets", octets)
                            .build());
        } else {
            posthorn.note(file + ": " + octets + " octets");
        }
        return Exit.OK;
    }
}
