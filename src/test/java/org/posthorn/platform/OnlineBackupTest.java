package org.posthorn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class OnlineBackupTest {

    @TempDir
    Path folder;

    private Path home() {
        return folder.resolve("home");
    }

    private OnlineBackup of(TestDatabase database, String... more) {
        Properties none = new Properties();
        Map<String, String> environment = more.length == 0
                ? Map.of("POSTHORN_HOME", home().toString())
                : Map.of("POSTHORN_HOME", home().toString(), more[0], more[1]);
        return new OnlineBackup(
                database.source(),
                Settings.read(SettingSource.of(none, environment)),
                new AuditLog(database.sql(), database.ids(), Clock.systemUTC()));
    }

    private Stream<String> left() throws IOException {
        return Files.exists(home()) ? Stream.of(home().toFile().list()) : Stream.empty();
    }

    @Test
    void backupShouldBeAWholeFileThatNobodyElseReadsAndBeAudited() throws IOException {
        try (TestDatabase database = TestDatabases.h2File(folder.resolve("db"))) {
            Path file = of(database).make().orElseThrow();

            assertThat(file.getParent()).isEqualTo(home());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            try (ZipFile zip = new ZipFile(file.toFile())) {
                assertThat(zip.stream())
                        .anyMatch(entry -> entry.getName().endsWith(".mv.db") && entry.getSize() > 10_000);
            }
            assertThat(database.audited()).anySatisfy(entry -> {
                assertThat(entry.action()).isEqualTo("backup");
                assertThat(entry.details()).contains("octets=" + Files.size(file));
            });
        }
    }

    @Test
    void backupThatFailsShouldLeaveNoFileAndNotStandInTheWayOfTheNext() throws IOException {
        try (TestDatabase inMemory = TestDatabases.H2.fresh()) {
            OnlineBackup backup = of(inMemory);

            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(backup::make)
                        .isInstanceOf(DatabaseException.class)
                        .hasMessageContaining("not persistent");
            }
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void backupThatCannotBeAuditedShouldLeaveNoFile() throws IOException {
        try (TestDatabase database = TestDatabases.h2File(folder.resolve("db"))) {
            OnlineBackup backup = of(database);
            database.sql().update("drop table audit_entry");

            assertThatThrownBy(backup::make).isInstanceOf(DatabaseException.class);
            assertThat(left()).isEmpty();
        }
    }

    @Test
    void whatAKilledNodeLeftShouldBeRemovedAndBackupsOfOthersStay() throws IOException {
        try (TestDatabase database = TestDatabases.h2File(folder.resolve("db"))) {
            OnlineBackup backup = of(database);
            assertThat(backup.removeLeftOver()).isZero();
            Path made = backup.make().orElseThrow();
            Path other = Files.writeString(home().resolve("backup-20261122.zip"), "an administrator's");

            assertThat(backup.removeLeftOver()).isEqualTo(1);

            assertThat(made).doesNotExist();
            assertThat(other).exists();
        }
    }

    @Test
    void postgreSqlShouldBeLeftToItsOwnTools() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            OnlineBackup backup = of(database, "POSTHORN_DB_URL", "jdbc:postgresql://db.example/posthorn");

            assertThat(backup.isPossible()).isFalse();
            assertThatThrownBy(backup::make).isInstanceOf(IllegalStateException.class);
        }
    }
}
