package org.posthorn.launch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.Role;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class RestoreBackupTest {

    @TempDir
    Path folder;

    private static DriverSource h2(Path file) {
        return new DriverSource("jdbc:h2:file:" + file + ";WRITE_DELAY=0", "sa", "");
    }

    private Path aBackup() {
        Path backup = folder.resolve("backup.zip");
        try (TestDatabase database = TestDatabases.h2File(folder.resolve("old/posthorn"));
                ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            posthorn.aMember(posthorn.aList("test@example.org"), "ann@example.com", Role.MEMBER);
            database.sql().update("backup to '" + backup + "'");
            posthorn.aList("later@example.org");
        }
        return backup;
    }

    @Test
    void aBackupShouldComeBackAsItWasWhenItWasMade() {
        Path backup = aBackup();

        RestoreBackup.Contents there = new RestoreBackup(h2(folder.resolve("new/db/posthorn"))).run(backup);

        assertThat(there).isEqualTo(new RestoreBackup.Contents(1, 1, 0, 0));
        assertThat(folder.resolve("new/db")).isDirectoryContaining(file -> file.endsWith("posthorn.mv.db"));
        assertThat(folder.resolve("new/db").toFile().list()).hasSize(1);
    }

    @Test
    void whereADatabaseIsNothingShouldBeOverwritten() {
        Path backup = aBackup();

        assertThatThrownBy(() -> new RestoreBackup(h2(folder.resolve("old/posthorn"))).run(backup))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is there: stop the node and move it away first");
    }

    @Test
    void aDatabaseThatCameIntoBeingMeanwhileShouldStay() throws Exception {
        Path fresh = Files.writeString(folder.resolve("restored.mv.db"), "restored");
        Path file = Files.writeString(folder.resolve("posthorn.mv.db"), "of a node that was started");

        assertThatThrownBy(() -> RestoreBackup.place(fresh, file))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("meanwhile");

        assertThat(file).hasContent("of a node that was started");
    }

    @Test
    void whatIsNoBackupShouldBeRefusedAndLeaveNothing() throws Exception {
        Path other = folder.resolve("other.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
            zip.putNextEntry(new ZipEntry("readme.txt"));
        }

        assertThatThrownBy(() -> new RestoreBackup(h2(folder.resolve("new/posthorn"))).run(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is no backup");
        assertThat(folder.resolve("new").toFile().list()).isEmpty();
        assertThatThrownBy(() -> new RestoreBackup(new DriverSource("jdbc:postgresql://x/y", "", "")).run(other))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("PostgreSQL's own tools");
    }
}
