package org.posthorn.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** {@code bin/chaos}. Ends with status 1 when something that must hold does not. */
public final class Chaos {

    private static final Path RUNS = Path.of("target/chaos");

    private Chaos() {}

    /** @param words the options, see {@link Setup} */
    public static void main(String[] words) throws InterruptedException, IOException {
        Setup setup;
        try {
            setup = Setup.of(List.of(words), ThreadLocalRandom.current().nextInt(1_000_000));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = folder(setup.seed());
        Summary summary = new Run(setup, folder, new Journal(System.out)).run();
        System.out.println();
        System.out.println(summary.toMarkdown());
        System.out.println(summary.toJson());
        Files.writeString(folder.resolve("summary.md"), summary.toMarkdown());
        Files.writeString(folder.resolve("summary.json"), summary.toJson().toString());
        if (!summary.shortfalls().isEmpty()) {
            System.out.println("the nodes' logs: " + folder.toAbsolutePath() + "/n*.log");
        }
        System.exit(summary.shortfalls().isEmpty() ? 0 : 1);
    }

    /** An empty one: what a run with this seed left there before is removed. */
    static Path folder(long seed) throws IOException {
        Path folder = RUNS.resolve("seed-" + seed);
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
        return Files.createDirectories(folder).toAbsolutePath();
    }
}
