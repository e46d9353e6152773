package org.posthorn.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** The measuring instruments in C under {@code src/test/native}, compiled into {@code target/native} when first needed. */
public final class Native {

    private static final Path SOURCES = Path.of("src/test/native");
    private static final Path PROGRAMS = Path.of("target/native");
    private static final long COMPILE_SECONDS = 60;

    private Native() {}

    /** @return the program, newer than its source; a machine without a C compiler fails the test */
    public static synchronized Path program(String name) {
        Path source = SOURCES.resolve(name + ".c");
        Path program = PROGRAMS.resolve(name).toAbsolutePath();
        try {
            boolean fresh = Files.isExecutable(program)
                    && Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) >= 0;
            if (!fresh) {
                compile(source, program);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException("gcc and libc6-dev are needed (bin/verify installs them)", e);
        }
    }

    /** By way of another name: whoever else compiles at the same time never sees half a program. */
    private static void compile(Path source, Path program) throws IOException {
        Files.createDirectories(PROGRAMS);
        Path made = Files.createTempFile(PROGRAMS, program.getFileName().toString(), ".new");
        Process gcc = new ProcessBuilder("gcc", "-O2", "-pthread", "-o", made.toString(), source.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!gcc.waitFor(COMPILE_SECONDS, TimeUnit.SECONDS) || gcc.exitValue() != 0) {
                throw new IllegalStateException(source + " could not be compiled: gcc and libc6-dev are needed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while compiling " + source, e);
        } finally {
            gcc.destroyForcibly();
        }
        Files.move(made, program, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
