package org.posthorn.launch;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.platform.settings.SettingException;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;

/**
 * Starts a node: checks the settings (a wrong one ends the process with one line and status 2), hands them to Payara
 * Micro as system properties and arguments, and becomes Payara Micro.
 *
 * <p>Runs in two forms with the same outcome: in {@code target/posthorn.jar}, where Payara unpacks itself, and over an
 * unpacked server ({@code -Dposthorn.server=DIR}), which starts quicker and can use a class data archive.
 */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        Settings settings;
        try {
            settings = Settings.read(SettingSource.ofProcess());
            Files.createDirectories(settings.home());
        } catch (SettingException e) {
            System.err.println("posthorn: " + e.getMessage());
            System.exit(2);
            return;
        } catch (IOException e) {
            System.err.println("posthorn: " + new SettingException("POSTHORN_HOME", System.getenv("POSTHORN_HOME") + "", "a folder that can be made and written (" + e + ")").getMessage());
            System.exit(2);
            return;
        }
        properties(settings);
        List<String> arguments = new ArrayList<>(arguments(settings));
        arguments.addAll(List.of(args));
        start(arguments);
    }

    /** The container's own settings, as the pre-boot commands refer to them. */
    private static void properties(Settings settings) {
        boolean postgres = settings.database().isPostgreSql();
        System.setProperty("posthorn.ds.class", postgres ? "org.postgresql.ds.PGSimpleDataSource" : "org.h2.jdbcx.JdbcDataSource");
        System.setProperty("posthorn.ds.url", settings.database().url());
        System.setProperty("posthorn.ds.user", settings.database().user());
        System.setProperty("posthorn.ds.password", settings.database().password());
        System.setProperty("posthorn.home", settings.home().toString());
        System.setProperty("posthorn.http.bind", settings.http().bind());
    }

    private static List<String> arguments(Settings settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--port", Integer.toString(settings.http().port()), "--disablephonehome"));
        if (settings.cluster().isOn()) {
            arguments.addAll(List.of(
                    "--clustermode", settings.cluster().mode(),
                    "--startport", Integer.toString(settings.cluster().port()),
                    "--interfaces", settings.cluster().bind(),
                    "--name", settings.node().name()));
        } else {
            arguments.add("--nocluster");
        }
        arguments.addAll(List.of("--logproperties", resource(settings.home(), "logging.properties").toString()));
        String server = System.getProperty("posthorn.server");
        if (server != null) {
            arguments.addAll(List.of(
                    "--prebootcommandfile", resource(settings.home(), "pre-boot.asadmin").toString(),
                    "--deploy", Path.of(server, "ROOT.war").toString()));
        }
        return arguments;
    }

    /** Payara reads its command and logging files from the file system only. */
    private static Path resource(Path home, String name) throws IOException {
        Path run = Files.createDirectories(home.resolve("run"));
        try (InputStream in = Main.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " cannot be missing beside the launcher");
            }
            Path file = run.resolve(name);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }

    private static void start(List<String> arguments) throws Exception {
        boolean unpacked = System.getProperty("posthorn.server") != null;
        Class<?> payara = Class.forName(unpacked ? "fish.payara.micro.impl.RootDirLauncher" : "fish.payara.micro.PayaraMicro");
        try {
            payara.getMethod("main", String[].class).invoke(null, (Object) arguments.toArray(String[]::new));
        } catch (InvocationTargetException e) {
            System.err.println("posthorn: the server did not start: " + e.getCause());
            System.exit(1);
        }
    }
}
