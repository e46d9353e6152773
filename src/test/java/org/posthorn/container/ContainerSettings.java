package org.posthorn.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.posthorn.testing.FreePort;

/**
 * Gives the tests' container what the launcher gives a node: a home folder and ports of its own, and the pre-boot
 * commands. Arquillian reads these properties when the first test class asks for the container.
 */
public final class ContainerSettings implements LauncherSessionListener {

    private Path home;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (System.getProperty("payara.microJar") == null) {
            return; // unit tests
        }
        try {
            home = Files.createTempDirectory("posthorn-container-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        System.setProperty(
                "payara.cmdOptions",
                String.join(
                        " ",
                        List.of(
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dposthorn.home=" + home,
                                "-Dposthorn.lmtp.port=" + FreePort.next(),
                                "-Dposthorn.admin.password=in-container-Passw0rd",
                                "-Dposthorn.smarthosts=smtp://127.0.0.1:" + FreePort.next() + "?name=sink",
                                "-Dposthorn.http.bind=127.0.0.1",
                                "-Dposthorn.ds.class=org.h2.jdbcx.JdbcDataSource",
                                "-Dposthorn.ds.url=jdbc:h2:file:" + home.resolve("db/posthorn")
                                        + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE",
                                "-Dposthorn.ds.user=sa",
                                "-Dposthorn.ds.password=")));
        System.setProperty(
                "payara.extraMicroOptions",
                "--rootdir " + home.resolve("server") + " --nohazelcast --disablephonehome --prebootcommandfile "
                        + Path.of("server-config/pre-boot.asadmin").toAbsolutePath());
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (home == null) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            } catch (IOException e) {
                // a temporary folder: the system removes it some day
            }
        }));
    }
}
