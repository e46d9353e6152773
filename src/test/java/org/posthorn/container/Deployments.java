package org.posthorn.container;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.posthorn.testing.Eventually;
import org.posthorn.testing.LmtpClient;
import org.posthorn.testing.SmtpSink;

/** The archive under test: the WAR as Maven built it, with every test class that runs inside it. */
public final class Deployments {

    private static final Path TEST_CLASSES = Path.of("target/test-classes");

    private Deployments() {}

    /** @return the same content at every call: one deployment serves all test classes */
    public static WebArchive posthorn() {
        WebArchive archive = ShrinkWrap.create(ZipImporter.class, "posthorn-tests.war")
                .importFrom(new File("target/posthorn.war"))
                .as(WebArchive.class);
        archive.addAsLibrary(new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath()));
        archive.addClasses(Deployments.class, Eventually.class, LmtpClient.class, SmtpSink.class);
        try (var files = Files.walk(TEST_CLASSES)) {
            files.filter(file -> file.getFileName().toString().matches(".*IT(\\$.*)?\\.class"))
                    .map(file -> TEST_CLASSES.relativize(file).toString())
                    .forEach(name ->
                            archive.addAsResource(TEST_CLASSES.resolve(name).toFile(), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return archive;
    }
}
