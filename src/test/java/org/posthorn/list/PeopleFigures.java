package org.posthorn.list;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.posthorn.platform.Ids;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** Measures {@link People} with many people: {@code docs/performance.md} says how it is run and what it gave. */
public final class PeopleFigures {

    private static final List<String> FIRST = List.of("Anna", "Bert", "Carla", "Dirk", "Eva", "Franz", "Gerd");
    private static final List<String> LAST =
            List.of("Schmidt", "Maier", "Huber", "Schulz", "Novak", "Durand", "García");

    private PeopleFigures() {}

    /** Arguments: how many people; how many times each is asked. */
    public static void main(String[] arguments) throws Exception {
        int people = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        Path folder = Files.createTempDirectory("posthorn-figures");
        try (TestDatabase h2 = TestDatabases.h2File(folder.resolve("db"))) {
            measure(h2, people, times);
        }
        try (TestDatabase postgreSql = TestDatabases.POSTGRESQL.fresh()) {
            measure(postgreSql, people, times);
        }
    }

    private static void measure(TestDatabase database, int many, int times) {
        fill(database, many);
        database.sql().update("analyze");
        People people = new People(database.sql());
        Long middle = database.sql()
                .first(
                        "select id from subscriber order by id offset ? rows fetch first 1 rows only",
                        row -> row.getLong(1),
                        many / 2)
                .orElseThrow();
        for (String term : new String[] {"", "anna", "schmidt", "person1", "person19999@", "@d7.example", "nobody"}) {
            time(database, "find '" + term + "'", times, () -> people.find(term, 0, 50));
        }
        time(database, "find '' from the middle", times, () -> people.find("", middle, 50));
    }

    private static void time(TestDatabase database, String what, int times, Runnable read) {
        long[] micros = new long[times];
        for (int i = -5; i < times; i++) {
            long began = System.nanoTime();
            read.run();
            if (i >= 0) {
                micros[i] = (System.nanoTime() - began) / 1000;
            }
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%s %-28s median %6.1f ms  p95 %6.1f ms%n",
                database,
                what,
                micros[times / 2] / 1000.0,
                micros[times * 95 / 100] / 1000.0);
    }

    static void fill(TestDatabase database, int many) {
        Ids ids = database.ids();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int from = 0; from < many; from += 1000) {
            List<Object[]> people = new ArrayList<>();
            List<Object[]> addresses = new ArrayList<>();
            for (int i = from; i < Math.min(many, from + 1000); i++) {
                long person = ids.next();
                String name = i % 3 == 0 ? null : FIRST.get(i % 7) + " " + LAST.get(i / 7 % 7);
                String email = "person" + i + "@d" + i % 50 + ".example";
                people.add(new Object[] {person, name, at});
                addresses.add(new Object[] {ids.next(), email, email, at, person});
            }
            database.inTransaction(() -> {
                database.sql()
                        .batch(
                                "insert into subscriber (id, display_name, server_owner, created_at, version) values (?, ?, false, ?, 1)",
                                people);
                database.sql()
                        .batch(
                                "insert into address (id, email, original_email, registered_at, subscriber_id, version) values (?, ?, ?, ?, ?, 1)",
                                addresses);
            });
        }
    }
}
