package org.posthorn.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** PostgreSQL's own programs, against a test database. */
public final class PostgreSqlTools {

    private PostgreSqlTools() {}

    /**
     * Runs a program, with the database given by {@code --dbname} before the further words.
     *
     * @throws AssertionError when it fails, with what it said
     */
    public static void run(TestDatabase database, String program, String... words)
            throws IOException, InterruptedException {
        Path binary = PostgreSqlServer.binaries().resolve(program);
        String uri = database.url().replace("jdbc:postgresql://", "postgresql://" + database.user() + "@");
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--dbname=" + uri));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(command + " failed:\n" + said);
        }
    }
}
