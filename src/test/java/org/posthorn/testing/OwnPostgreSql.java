package org.posthorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL server that a test may stop and start as it likes: durable as a user's, empty, in a temporary folder, on a
 * loopback port that stays the same. Ends with the test's JVM at the latest.
 */
public final class OwnPostgreSql implements AutoCloseable {

    private static final String DATABASE = "postgres";

    /** How it ends. */
    public enum Stop {
        /** Connections are cut, a checkpoint is written. */
        FAST,
        /** No checkpoint: at its start it recovers, as after a crash. */
        IMMEDIATE
    }

    private final Path folder;
    private final int port = FreePort.next();

    private OwnPostgreSql(Path folder) {
        this.folder = folder;
    }

    /** @throws IllegalStateException when PostgreSQL is not installed or does not come up */
    public static OwnPostgreSql started() {
        try {
            OwnPostgreSql server = new OwnPostgreSql(Files.createTempDirectory("posthorn-own-postgresql-"));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            if (PostgreSqlServer.isRoot()) {
                PostgreSqlServer.run(
                        List.of("chown", "postgres", server.folder.toString()), server.folder.resolve("chown.log"));
            }
            server.run("initdb", "-U", PostgreSqlServer.USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String user() {
        return PostgreSqlServer.USER;
    }

    /** What the server itself has said. */
    public Path log() {
        return folder.resolve("server.log");
    }

    /** Returns once it takes connections. */
    public void start() {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c max_connections=200 -k " + folder;
        run("pg_ctl", "-w", "-t", "120", "-l", log().toString(), "-o", options, "start");
    }

    /** Returns once it has ended. */
    public void stop(Stop how) {
        run("pg_ctl", "-w", "-t", "120", "-m", how.name().toLowerCase(java.util.Locale.ROOT), "stop");
    }

    private void run(String program, String... words) {
        List<String> command = new ArrayList<>();
        command.add(PostgreSqlServer.binaries().resolve(program).toString());
        command.addAll(List.of("-D", folder.resolve("data").toString()));
        command.addAll(List.of(words));
        try {
            PostgreSqlServer.run(
                    PostgreSqlServer.asPostgres(command.toArray(String[]::new)),
                    Files.createTempFile("posthorn-" + program + "-", ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it, if it runs, and removes its files. */
    @Override
    public void close() {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            stop(Stop.IMMEDIATE);
        } catch (IllegalStateException e) {
            // It does not run.
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
