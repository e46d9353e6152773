package org.posthorn.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.posthorn.platform.settings.Settings;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class FirstStartTest {

    @TempDir
    Path folder;

    @BothDatabases
    void theFirstOwnerShouldBeMadeOnceAndTheGeneratedPasswordBeReadByTheAdministratorOnly(TestDatabase database)
            throws Exception {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            Path home = folder.resolve("home of " + database);
            Settings.Admin admin = new Settings.Admin("admin", Optional.empty());

            Optional<Path> file = posthorn.inTransaction(() -> posthorn.firstStart.makeOwner(home, admin));
            assertThat(file).contains(home.resolve("admin-password"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.orElseThrow())))
                    .isEqualTo("rw-------");
            String password = Files.readString(file.orElseThrow()).strip();
            assertThat(posthorn.users.authenticate("admin", password))
                    .hasValueSatisfying(
                            owner -> assertThat(owner.isServerOwner()).isTrue());

            assertThat(posthorn.inTransaction(() -> posthorn.firstStart.makeOwner(home, admin)))
                    .isEmpty();
            assertThat(posthorn.subscribers.serverOwners(Paging.first(10)).total())
                    .isEqualTo(1);
        }
    }

    @BothDatabases
    void aGivenPasswordShouldCountAndBeWrittenNowhere(TestDatabase database) {
        try (ListsOnDatabase posthorn = new ListsOnDatabase(database)) {
            Path home = folder.resolve("other home of " + database);
            Settings.Admin admin = new Settings.Admin("root@example.com", Optional.of("acceptance-Passw0rd"));

            assertThat(posthorn.inTransaction(() -> posthorn.firstStart.makeOwner(home, admin)))
                    .isEmpty();

            assertThat(home).doesNotExist();
            assertThat(posthorn.users.authenticate("root@example.com", "acceptance-Passw0rd"))
                    .isPresent();
            assertThat(posthorn.addresses.byEmail("root@example.com")).isPresent();
        }
    }
}
