package org.posthorn.api.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.posthorn.api.wire.Refusal;
import org.posthorn.platform.OnlineBackup;

/** {@code GET /api/backup}: the embedded database as a ZIP file, made while mail flows. */
@Path("backup")
@ApplicationScoped
public class BackupResource {

    private final OnlineBackup backup;

    protected BackupResource() {
        this(null);
    }

    @Inject
    public BackupResource(OnlineBackup backup) {
        this.backup = backup;
    }

    @GET
    public Response make() throws IOException {
        if (!backup.isPossible()) {
            throw new Refusal(409, "This site is on PostgreSQL: use pg_dump, as docs/operations.md says");
        }
        java.nio.file.Path file = backup.make().orElseThrow(() -> new Refusal(409, "Another backup is being made"));
        long size = Files.size(file);
        // Gone from its folder with the opening, so that no way of this ending leaves it there.
        InputStream octets = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
        StreamingOutput body = out -> {
            try (octets) {
                octets.transferTo(out);
            }
        };
        return Response.ok(body, "application/zip")
                .header("Content-Length", size)
                .header("Content-Disposition", "attachment; filename=\"posthorn-backup.zip\"")
                .build();
    }
}
