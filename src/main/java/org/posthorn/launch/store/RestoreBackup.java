package org.posthorn.launch.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Puts a backup of an H2 database in place: only where there is none yet, so that nothing is lost by a slip, and never under
 * a running node. The file appears whole or not at all, and is opened once to see that it is a site's.
 */
final class RestoreBackup {

    private static final String FILE_URL = "jdbc:h2:file:";
    private static final String SUFFIX = ".mv.db";

    private final DriverSource database;

    RestoreBackup(DriverSource database) {
        this.database = database;
    }

    /** What the restored site holds. */
    record Contents(long lists, long members, long queued, long held) {}

    /** @throws StoreException when there is a database already, or the file is no backup */
    Contents run(Path backup) {
        Path file = databaseFile();
        if (Files.exists(file)) {
            throw new StoreException(file + " is there: stop the node and move it away first");
        }
        try {
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "restored", SUFFIX);
            try {
                unpack(backup, fresh);
                // Before it stands where a node would take it for its own.
                Contents contents = contents(at(fresh));
                place(fresh, file);
                return contents;
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new StoreException(backup + " could not be put in place", e);
        } catch (SQLException e) {
            throw new StoreException(backup + " holds no database of a site", e);
        }
    }

    /** Under its name, on disk for good, and never over a database that a node has made meanwhile. */
    static void place(Path fresh, Path file) throws IOException {
        force(fresh);
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            throw new StoreException(file + " has come into being meanwhile: a node was started; nothing was restored");
        } catch (UnsupportedOperationException e) {
            Files.move(fresh, file); // fails, too, where there is one
        }
        force(file.getParent());
    }

    private static void force(Path fileOrFolder) throws IOException {
        try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The same database, in another file. */
    private DriverSource at(Path file) {
        String path = file.toAbsolutePath().toString();
        String options = database.url().contains(";")
                ? database.url().substring(database.url().indexOf(';'))
                : "";
        return new DriverSource(
                FILE_URL + path.substring(0, path.length() - SUFFIX.length()) + options,
                database.user(),
                database.password());
    }

    private Path databaseFile() {
        if (!database.url().startsWith(FILE_URL)) {
            throw new StoreException("POSTHORN_DB_URL is no H2 file: PostgreSQL's own tools restore it");
        }
        return Path.of(database.url().substring(FILE_URL.length()).replaceAll(";.*", "") + SUFFIX)
                .toAbsolutePath();
    }

    private static void unpack(Path backup, Path into) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(backup))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(SUFFIX)) {
                    write(zip, into);
                    return;
                }
            }
        }
        throw new StoreException(backup + " is no backup: it holds no " + SUFFIX + " file");
    }

    private static void write(InputStream zip, Path into) throws IOException {
        Files.copy(zip, into, StandardCopyOption.REPLACE_EXISTING);
        if (into.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(into, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static Contents contents(DriverSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select count(*) from mailing_list), (select count(*) from member), (select count(*) from queue_entry),"
                                + " (select count(*) from held_message)")) {
            row.next();
            return new Contents(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }
}
