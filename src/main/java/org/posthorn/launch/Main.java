package org.posthorn.launch;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.platform.settings.Deployed;
import org.posthorn.platform.settings.SettingException;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;

/**
 * Starts a node: checks the settings (a wrong one ends the process with one line and status 2), hands them to Payara
 * Micro as system properties and arguments, and becomes Payara Micro.
 *
 * <p>Runs in two forms with the same outcome: in {@code target/posthorn.jar}, where Payara unpacks itself at each start,
 * and in {@code target/server}, unpacked once, which starts quicker and can use a class data archive. Any number of
 * nodes may run from one unpacked server: what a node writes goes to a {@link RunFolder} under its home.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        try {
            Settings settings = Settings.read(SettingSource.ofProcess());
            run(settings, claim(settings.home()), List.of(args));
        } catch (SettingException e) {
            System.err.println("posthorn: " + e.getMessage());
            System.exit(2);
        }
    }

    private static RunFolder claim(Path home) {
        try {
            return RunFolder.claim(home);
        } catch (IOException e) {
            throw new SettingException(
                    "POSTHORN_HOME", home.toString(), "a folder that can be made and written (" + e + ")");
        }
    }

    private static void run(Settings settings, RunFolder folder, List<String> more) throws Exception {
        properties(settings);
        if (settings.database().isPostgreSql()) {
            new DatabaseWait(settings.database().poolUrl(), Duration.ofSeconds(1)).await();
        }
        Optional<Path> server = unpackedServer();
        List<String> arguments = arguments(settings, folder, server);
        arguments.addAll(more);
        StopSignal.delay(settings.node().stopDelay());
        start(server, folder, arguments);
        if (!more.contains("--warmup")) {
            requireDeployed();
        }
    }

    /** Payara goes on without an application when that could not be deployed: such as when the database left meanwhile. */
    private static void requireDeployed() {
        if (!Deployed.isSo()) {
            System.err.println("posthorn: the application was not deployed, see above; it is worth another start");
            System.exit(1);
        }
    }

    /** The container's own settings, as the pre-boot commands refer to them. */
    private static void properties(Settings settings) {
        boolean postgres = settings.database().isPostgreSql();
        System.setProperty(
                "posthorn.ds.class", postgres ? "org.postgresql.ds.PGSimpleDataSource" : "org.h2.jdbcx.JdbcDataSource");
        System.setProperty("posthorn.ds.url", settings.database().poolUrl());
        System.setProperty("posthorn.ds.user", settings.database().user());
        System.setProperty("posthorn.ds.password", settings.database().password());
        System.setProperty("posthorn.home", settings.home().toString());
        System.setProperty("posthorn.http.bind", settings.http().bind());
    }

    private static List<String> arguments(Settings settings, RunFolder folder, Optional<Path> server)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--rootdir",
                folder.path().toString(),
                "--port",
                Integer.toString(settings.http().port()),
                "--disablephonehome"));
        if (settings.cluster().isOn()) {
            arguments.addAll(List.of(
                    "--hzconfigfile",
                    Files.writeString(folder.path().resolve("hazelcast.xml"), GridConfiguration.of(settings.cluster()))
                            .toString(),
                    "--name",
                    settings.node().name()));
        } else {
            arguments.add("--nocluster");
        }
        arguments.addAll(
                List.of("--logproperties", folder.resource("logging.properties").toString()));
        arguments.addAll(
                List.of("--prebootcommandfile", preBoot(settings, folder).toString()));
        if (server.isPresent()) { // the runnable jar has it inside
            arguments.addAll(
                    List.of("--deploy", server.get().resolve("ROOT.war").toString()));
        }
        return arguments;
    }

    /**
     * The commands, and without a cluster one more: else the data grid would open a port on the outer interface.
     * Payara's own switch for that would take the timers away, too.
     */
    private static Path preBoot(Settings settings, RunFolder folder) throws IOException {
        Path file = folder.resource("pre-boot.asadmin");
        if (!settings.cluster().isOn()) {
            Files.writeString(file, """
                    set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false
                    set configs.config.server-config.availability-service.web-container-availability.persistence-type=memory
                    """, StandardOpenOption.APPEND);
        }
        return file;
    }

    /** @return the folder of the unpacked server, when the launcher lies in one */
    private static Optional<Path> unpackedServer() throws URISyntaxException {
        Path launcher = Path.of(
                Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return Optional.of(launcher.resolveSibling("launch-micro.jar"))
                .filter(Files::exists)
                .map(Path::getParent);
    }

    private static void start(Optional<Path> server, RunFolder folder, List<String> arguments) throws Exception {
        String payara = "fish.payara.micro.PayaraMicro";
        if (server.isPresent()) {
            // As Payara's RootDirLauncher does, which would also make the shared folder the one that is written to.
            System.setProperty(
                    "fish.payara.micro.BootJar",
                    server.get().resolve("launch-micro.jar").toUri().toString());
            System.setProperty("fish.payara.micro.UnpackDir", server.get().toString());
            folder.copy(server.get(), "config");
            folder.copy(server.get(), "lib");
            payara = "fish.payara.micro.impl.PayaraMicroImpl";
        }
        try {
            Class.forName(payara).getMethod("main", String[].class).invoke(null, (Object)
                    arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            System.err.println("posthorn: the server did not start: " + e.getCause());
            System.exit(1);
        }
    }
}
