package org.posthorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.ConnectionPoolDataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Schema;

/**
 * A PostgreSQL server of this test process: in a temporary folder, on a free loopback port, gone with the process. Each
 * test's database is a copy of one that was migrated once, emptied for the next test afterwards. Durability is switched
 * off: tests that kill a server start one of their own. So is autovacuum: what it has seen, and when, would change plans
 * from one run to the next.
 */
final class PostgreSqlServer {

    static final String USER = "posthorn";
    private static final String TEMPLATE = "posthorn_template";
    private static final long START_SECONDS = 120;

    private static final String END_OTHERS = """
            select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()""";

    /** Tables with their columns, constraints, indexes and triggers; and whether somebody has analyzed: plans hang on that. */
    private static final String SHAPE = """
            select md5(string_agg(x, ',' order by x)) from (
                select attrelid::regclass || attname || atttypid || atttypmod || attnotnull || attisdropped as x
                from pg_attribute join pg_class c on c.oid = attrelid
                where c.relnamespace = 'public'::regnamespace and attnum > 0
                union all select conname || pg_get_constraintdef(oid) from pg_constraint where connamespace = 'public'::regnamespace
                union all select pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid
                where c.relnamespace = 'public'::regnamespace
                union all select tgname from pg_trigger where not tgisinternal
                union all select 'analyzed ' || c.relname from pg_class c
                where c.relnamespace = 'public'::regnamespace and exists (select 1 from pg_statistic where starelid = c.oid)) as shape""";

    /** Tables that a test left large are cut off: dead rows would make the next test's statements slow. */
    private static final String CLEAN = """
            do $$ declare r record; begin
                set local lock_timeout = '5s';
                set local session_replication_role = replica;
                for r in select oid, relname from pg_class
                        where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'flyway_schema_history'
                        and pg_relation_size(oid) > 0 loop
                    if pg_table_size(r.oid) > 524288 then
                        execute format('truncate %I cascade', r.relname);
                    else
                        execute format('delete from %I', r.relname);
                    end if;
                end loop;
                for r in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S' loop
                    execute format('alter sequence %I restart', r.relname);
                end loop;
            end $$;
            """;

    private static PostgreSqlServer running;

    private final Deque<String> spare = new ArrayDeque<>();

    /** For emptying; to connect would take longer than that. */
    private final Map<String, Connection> cleaners = new HashMap<>();

    private String shape;
    private int made;

    private final Path folder;
    private final int port;
    private final Process process;

    private PostgreSqlServer(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * @return this process's server
     * @throws IllegalStateException when PostgreSQL is not installed or does not come up
     */
    static synchronized PostgreSqlServer running() {
        if (running == null) {
            running = start();
        }
        return running;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    ConnectionPoolDataSource source(String database) {
        return TestDatabases.postgreSql(url(database));
    }

    /** @return the name of an empty, migrated database: one that was given back, else a copy, which takes its time */
    synchronized String take() {
        if (!spare.isEmpty()) {
            return spare.pop();
        }
        String name = "t" + ++made;
        execute("create database " + name + " template " + TEMPLATE);
        try {
            Connection cleaner = DriverManager.getConnection(url(name), USER, "");
            cleaners.put(name, cleaner);
            if (shape == null) {
                shape = ask(cleaner, SHAPE);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return name;
    }

    /** Empties the database for the next test; drops it when the test changed its tables. */
    synchronized void giveBack(String name) {
        try {
            Connection cleaner = cleaners.get(name);
            ask(cleaner, END_OTHERS);
            if (ask(cleaner, SHAPE).equals(shape)) {
                ask(cleaner, CLEAN + "select 'clean'");
                spare.push(name);
                return;
            }
        } catch (SQLException e) {
            // Whatever the test left there goes with it.
        }
        cleaners.remove(name);
        execute("drop database if exists " + name + " with (force)");
    }

    private static PostgreSqlServer start() {
        Path binaries = binaries();
        try {
            Path folder = Files.createTempDirectory("posthorn-postgresql-");
            Path data = folder.resolve("data");
            if (isRoot()) {
                run(List.of("chown", "postgres", folder.toString()), folder.resolve("chown.log"));
            }
            run(
                    asPostgres(
                            binaries.resolve("initdb").toString(),
                            "-D",
                            data.toString(),
                            "-U",
                            USER,
                            "-A",
                            "trust",
                            "-E",
                            "UTF8",
                            "--locale=C.UTF-8",
                            "--no-sync"),
                    Files.createTempFile("posthorn-initdb-", ".log"));
            int port = FreePort.next();
            Process process = new ProcessBuilder(asPostgres(
                            binaries.resolve("postgres").toString(),
                            "-D",
                            data.toString(),
                            "-p",
                            Integer.toString(port),
                            "-c",
                            "listen_addresses=127.0.0.1",
                            "-c",
                            "unix_socket_directories=" + folder,
                            "-c",
                            "fsync=off",
                            "-c",
                            "synchronous_commit=off",
                            "-c",
                            "full_page_writes=off",
                            "-c",
                            "autovacuum=off",
                            "-c",
                            "shared_buffers=32MB",
                            "-c",
                            "max_connections=200"))
                    .directory(Path.of("/").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("server.log").toFile())
                    .start();
            PostgreSqlServer server = new PostgreSqlServer(folder, port, process);
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.awaitAnswer();
            server.makeTemplate();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where initdb, pg_dump and the others are.
     *
     * @throws IllegalStateException when there is none
     */
    static Path binaries() {
        Path all = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(all)) {
            try (Stream<Path> versions = Files.list(all)) {
                var found = versions.map(version -> version.resolve("bin"))
                        .filter(bin -> Files.isExecutable(bin.resolve("initdb"))
                                && Files.isExecutable(bin.resolve("postgres")))
                        .max(Comparator.naturalOrder());
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new IllegalStateException(
                "these tests need PostgreSQL under /usr/lib/postgresql: install the Debian package postgresql-15, or run bin/verify");
    }

    /** PostgreSQL refuses to run as root. */
    static List<String> asPostgres(String... command) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        line.addAll(List.of(command));
        return line;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static void run(List<String> command, Path log) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            Files.deleteIfExists(log);
        }
    }

    private void awaitAnswer() {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        SQLException last = null;
        while (process.isAlive() && System.nanoTime() < until) {
            try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "")) {
                return;
            } catch (SQLException e) {
                last = e;
            }
            try {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException("PostgreSQL did not come up on port " + port, last);
    }

    private void makeTemplate() {
        execute("create database " + TEMPLATE);
        JdbcConnectionPool pool = JdbcConnectionPool.create(source(TEMPLATE));
        try {
            Schema.migrate(pool, Dialect.POSTGRESQL);
        } finally {
            pool.dispose();
        }
    }

    private static String ask(Connection connection, String statements) throws SQLException {
        try (Statement plain = connection.createStatement()) {
            boolean rows = plain.execute(statements);
            while (!rows) {
                rows = plain.getMoreResults();
            }
            try (ResultSet answer = plain.getResultSet()) {
                answer.next();
                return answer.getString(1);
            }
        }
    }

    private void execute(String statement) {
        try (Connection connection = DriverManager.getConnection(url("postgres"), USER, "");
                Statement plain = connection.createStatement()) {
            plain.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private void stop() {
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(process.pid()))
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
            process.waitFor(10, TimeUnit.SECONDS);
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
