package org.posthorn.launch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a WAR of this build's classes and of the libraries that it has, made here: the package is not there yet. */
class ServerSchemaTest {

    @TempDir
    Path folder;

    private Path aServer(String... more) throws IOException {
        Path server = Files.createDirectories(folder.resolve("server"));
        Path runtime = Files.createDirectories(server.resolve("runtime"));
        for (Path jar : jars("jackson-")) {
            Files.copy(jar, runtime.resolve(jar.getFileName()));
        }
        try (ZipOutputStream war = new ZipOutputStream(Files.newOutputStream(server.resolve("ROOT.war")))) {
            Path classes = Path.of("target/classes");
            add(war, classes.resolve("org/posthorn/platform"), "WEB-INF/classes/org/posthorn/platform/");
            add(war, classes.resolve("db/migration"), "WEB-INF/classes/db/migration/");
            for (Path jar : jars("flyway-")) {
                put(war, "WEB-INF/lib/" + jar.getFileName(), jar);
            }
            for (String name : more) {
                put(war, name, server.resolve("ROOT.war"));
            }
        }
        return server;
    }

    private static List<Path> jars(String begin) {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(Path::of)
                .filter(jar -> jar.getFileName() != null
                        && jar.getFileName().toString().startsWith(begin)
                        && jar.toString().endsWith(".jar"))
                .toList();
    }

    private static void add(ZipOutputStream war, Path from, String as) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                put(war, as + from.relativize(file), file);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void put(OutputStream war, String name, Path file) throws IOException {
        ((ZipOutputStream) war).putNextEntry(new ZipEntry(name));
        if (!name.endsWith(".txt")) {
            Files.copy(file, war);
        }
    }

    private static Set<String> leftovers() throws IOException {
        Set<String> names = new TreeSet<>();
        try (var left = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), "posthorn-schema*")) {
            left.forEach(path -> names.add(path.getFileName().toString()));
        }
        return names;
    }

    @Test
    void schemaShouldBeMadeAsANodeMakesItAndNothingBeLeftUnpacked() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:server-schema;DB_CLOSE_DELAY=-1");
        Set<String> before = leftovers();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();

        try (ServerSchema schema = new ServerSchema(aServer())) {
            schema.make(database, false);
        }

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
        assertThat(leftovers()).isEqualTo(before);
        try (Connection connection = database.getConnection();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery(
                                "select (select count(*) from mailing_list), (select max(cast(\"version\" as int)) from \"flyway_schema_history\")")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt(1)).isZero();
            assertThat(row.getInt(2)).isEqualTo(latestMigration());
        }
    }

    private static int latestMigration() throws IOException {
        try (var migrations = Files.list(Path.of("target/classes/db/migration"))) {
            return migrations
                    .map(path -> path.getFileName().toString().replaceAll("V([0-9]+)__.*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElseThrow();
        }
    }

    @Test
    void entriesThatLeadOutOfTheFolderShouldNotBeUnpacked() throws Exception {
        String evil = "WEB-INF/classes/db/migration/../../../../../posthorn-schema-evil.txt";
        try (ServerSchema schema = new ServerSchema(aServer(evil))) {
            assertThat(schema).isNotNull();
        }

        assertThat(Path.of(System.getProperty("java.io.tmpdir"), "posthorn-schema-evil.txt"))
                .doesNotExist();
    }

    @Test
    void databaseThatCannotBeReachedShouldBeSaid() throws Exception {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:file:" + folder.resolve("nothing") + ";IFEXISTS=TRUE");

        try (ServerSchema schema = new ServerSchema(aServer())) {
            assertThatThrownBy(() -> schema.make(database, false))
                    .isInstanceOf(StoreException.class)
                    .hasMessageStartingWith("the schema could not be made: Database");
        }
    }
}
