package org.posthorn.platform;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;
import org.posthorn.platform.settings.Settings;

/**
 * A backup of an H2 database while mail flows: H2 writes a consistent copy of its file into a ZIP file, and goes on. What
 * commits meanwhile may or may not be in it. All of a site's state is in the database, mail that was accepted included.
 * PostgreSQL has better means of its own.
 */
@ApplicationScoped
public class OnlineBackup {

    private static final Logger LOG = System.getLogger(OnlineBackup.class.getName());
    private static final int LONGEST_SECONDS = 4 * 3600;

    /** Nobody names a backup of their own so. */
    private static final String UNDER_WAY = "backup-under-way-";

    private static final String SUFFIX = ".zip";

    @Resource(lookup = "jdbc/__default")
    private DataSource source;

    private final Semaphore one = new Semaphore(1);
    private final Settings settings;
    private final AuditLog audit;

    protected OnlineBackup() {
        this(null, null);
    }

    @Inject
    public OnlineBackup(Settings settings, AuditLog audit) {
        this.settings = settings;
        this.audit = audit;
    }

    OnlineBackup(DataSource source, Settings settings, AuditLog audit) {
        this(settings, audit);
        this.source = source;
    }

    /** Whether this site's database can be backed up so. */
    public boolean isPossible() {
        return !settings.database().isPostgreSql();
    }

    /**
     * @return a ZIP file under the home folder, which the caller removes; empty when another backup is being made
     * @throws IllegalStateException on PostgreSQL
     */
    @Needs(Right.OPERATE_SITE)
    public Optional<Path> make() {
        if (!isPossible()) {
            throw new IllegalStateException("an online backup cannot be of PostgreSQL");
        }
        if (!one.tryAcquire()) {
            return Optional.empty();
        }
        try {
            // Readable by nobody else: the database holds passwords' hashes, and mail.
            Path file = Files.createTempFile(Files.createDirectories(settings.home()), UNDER_WAY, SUFFIX);
            try {
                new Sql(source, LONGEST_SECONDS)
                        .update("backup to '" + file.toString().replace("'", "''") + "'");
                audit.record("backup", AuditSubject.of("database", "H2"), "octets=" + Files.size(file));
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file); // half a backup helps nobody, and may be what fills the disk
                throw e;
            }
            return Optional.of(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            one.release();
        }
    }

    /**
     * Removes what a node that was killed meanwhile left in the home folder. Only before this node makes any.
     *
     * @return how many files; one that cannot be removed stays, and is not counted
     */
    public int removeLeftOver() {
        int removed = 0;
        if (!Files.isDirectory(settings.home())) {
            return removed;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(settings.home(), UNDER_WAY + "*" + SUFFIX)) {
            for (Path file : left) {
                removed += removed(file) ? 1 : 0;
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.log(Level.WARNING, "left over backups could not be looked for", e);
        }
        return removed;
    }

    private static boolean removed(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "a left over backup could not be removed", e);
            return false;
        }
    }
}
