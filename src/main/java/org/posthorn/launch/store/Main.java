package org.posthorn.launch.store;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.settings.SettingException;
import org.posthorn.platform.settings.SettingSource;
import org.posthorn.platform.settings.Settings;

/**
 * {@code bin/posthorn move --to URL [--user NAME]} and {@code bin/posthorn restore FILE}. Exit status: 0 done, 1 it could not
 * be, 2 wrong settings or usage.
 */
public final class Main {

    private static final String USAGE = """
            usage: bin/posthorn move --to jdbc:postgresql://HOST/DATABASE [--user NAME]
                     moves this home's H2 database to an empty PostgreSQL one; the password is read from POSTHORN_MOVE_PASSWORD
                   bin/posthorn restore FILE
                     puts a backup (bin/posthorn backup FILE) in place where no database is yet""";

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    private static int run(List<String> args) {
        try {
            Settings.Database database =
                    Settings.read(SettingSource.ofProcess()).database();
            if (args.size() == 2 && args.get(0).equals("restore")) {
                return restore(database, Path.of(args.get(1)));
            }
            Map<String, String> options = options(args);
            if (!args.isEmpty() && args.get(0).equals("move") && options.containsKey("--to")) {
                return move(database, options.get("--to"), options.getOrDefault("--user", "posthorn"));
            }
            System.err.println(USAGE);
            return 2;
        } catch (SettingException e) {
            System.err.println("posthorn: " + e.getMessage());
            return 2;
        } catch (StoreException e) {
            System.err.println("posthorn: " + e.getMessage());
            return 1;
        } catch (IOException | URISyntaxException e) {
            System.err.println("posthorn: " + e);
            return 1;
        }
    }

    /** @return those behind the command; empty where one is unknown, doubled or without its value */
    private static Map<String, String> options(List<String> args) {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.size(); i += 2) {
            boolean known = args.get(i).equals("--to") || args.get(i).equals("--user");
            if (!known || i + 1 == args.size() || options.put(args.get(i), args.get(i + 1)) != null) {
                return Map.of();
            }
        }
        return options;
    }

    private static int restore(Settings.Database database, Path file) {
        RestoreBackup.Contents there = new RestoreBackup(source(database, "")).run(file);
        System.out.println("restored: " + there.lists() + " lists, " + there.members() + " memberships, "
                + there.queued() + " queue entries, " + there.held() + " held posts");
        System.out.println(
                "Posts whose entries were waiting when the backup was made go out once more if they had gone out since.");
        return 0;
    }

    private static int move(Settings.Database database, String to, String user) throws IOException, URISyntaxException {
        if (!database.isFile() || !to.startsWith("jdbc:postgresql:")) {
            System.err.println(
                    "posthorn: a move leads from an H2 file (POSTHORN_DB_URL, without AUTO_SERVER, so that no node can have it open) to jdbc:postgresql:");
            return 2;
        }
        String password =
                Optional.ofNullable(System.getenv("POSTHORN_MOVE_PASSWORD")).orElse("");
        DriverSource target = new DriverSource(to, user, password);
        try (ServerSchema schema = new ServerSchema(server())) {
            long rows = new MoveDatabase(
                            source(database, ";IFEXISTS=TRUE;LAZY_QUERY_EXECUTION=1"), target, schema, System.out)
                    .run();
            System.out.println("moved " + rows + " rows. Start nodes from now on with");
            System.out.println(
                    "  POSTHORN_DB_URL=" + target + " POSTHORN_DB_USER=" + user + " and POSTHORN_DB_PASSWORD");
            System.out.println("The H2 file is as it was; keep it until you are sure, and start no node on it.");
            return 0;
        }
    }

    private static DriverSource source(Settings.Database database, String more) {
        return new DriverSource(database.poolUrl() + more, database.user(), database.password());
    }

    private static Path server() throws URISyntaxException {
        return Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toAbsolutePath()
                .getParent();
    }
}
