package org.posthorn.launch.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;

/**
 * Makes the schema just as a node would at its start: by the server's own classes and migrations, unpacked from the WAR
 * beside the launcher for the time of the program.
 */
final class ServerSchema implements SchemaMaker, AutoCloseable {

    private final Path folder;
    private final URLClassLoader loader;

    /** @param server the folder of the unpacked server: {@code ROOT.war}, and {@code runtime} with the libraries */
    ServerSchema(Path server) throws IOException {
        this.folder = Files.createTempDirectory("posthorn-schema");
        List<URL> path = new ArrayList<>();
        try (ZipInputStream war = new ZipInputStream(Files.newInputStream(server.resolve("ROOT.war")))) {
            for (ZipEntry entry = war.getNextEntry(); entry != null; entry = war.getNextEntry()) {
                unpack(entry, war, path);
            }
        }
        path.add(folder.resolve("WEB-INF/classes").toUri().toURL());
        try (DirectoryStream<Path> jackson = Files.newDirectoryStream(server.resolve("runtime"), "jackson-*.jar")) {
            for (Path jar : jackson) {
                path.add(jar.toUri().toURL());
            }
        }
        this.loader = new URLClassLoader(path.toArray(URL[]::new), ServerSchema.class.getClassLoader());
    }

    private void unpack(ZipEntry entry, InputStream war, List<URL> path) throws IOException {
        String name = entry.getName();
        boolean wanted = name.startsWith("WEB-INF/lib/flyway")
                || name.startsWith("WEB-INF/classes/db/migration/")
                || name.matches("WEB-INF/classes/org/posthorn/platform/[^/]*\\.class");
        Path file = folder.resolve(name).normalize();
        if (!wanted || entry.isDirectory() || !file.startsWith(folder)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Files.copy(war, file);
        if (name.endsWith(".jar")) {
            path.add(file.toUri().toURL());
        }
    }

    @Override
    public void make(DataSource database, boolean postgreSql) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Class<?> dialect = loader.loadClass("org.posthorn.platform.Dialect");
            Object product = dialect.getMethod("valueOf", String.class).invoke(null, postgreSql ? "POSTGRESQL" : "H2");
            loader.loadClass("org.posthorn.platform.Schema")
                    .getMethod("migrate", DataSource.class, dialect)
                    .invoke(null, database, product);
        } catch (InvocationTargetException e) {
            throw new StoreException("the schema could not be made", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new StoreException("the server's classes could not be read", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public void close() throws IOException {
        loader.close();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
