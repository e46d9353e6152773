package org.posthorn.list.members;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.MailingList;
import org.posthorn.list.Role;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

/** Measures {@link MemberTable} on a big list: {@code docs/performance.md} says how it is run and what it gave. */
public final class MemberTableFigures {

    private MemberTableFigures() {}

    /** Arguments: how many members; how many times each is asked; {@code h2} or {@code postgresql} for only one of them. */
    public static void main(String[] arguments) throws Exception {
        int members = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200_000;
        int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 40;
        String only = arguments.length > 2 ? arguments[2] : "";
        if (!only.equals("postgresql")) {
            Path folder = Files.createTempDirectory("posthorn-figures");
            try (TestDatabase h2 = TestDatabases.h2File(folder.resolve("db"))) {
                measure(h2, members, times);
            }
        }
        if (!only.equals("h2")) {
            try (TestDatabase postgreSql = TestDatabases.POSTGRESQL.fresh()) {
                measure(postgreSql, members, times);
            }
        }
    }

    private static void measure(TestDatabase database, int members, int times) {
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            MailingList list = lists.aList("big@example.com");
            MailingList other = lists.aList("other@example.com");
            long began = System.nanoTime();
            BigRoster.fill(database, list.getId(), members);
            BigRoster.fillOther(database, other.getId(), members / 4);
            MailingList small = lists.aList("small@example.com");
            BigRoster.fillSmall(database, small.getId(), MemberScan.SMALL_ROSTER);
            System.out.printf(
                    Locale.ROOT, "%s: filled in %d s%n", database, (System.nanoTime() - began) / 1_000_000_000);
            database.sql().update("analyze");
            MemberTable table = new MemberTable(database.sql(), database.dialect());
            long listId = list.getId();
            Long middle = database.sql()
                    .first(
                            "select id from member where list_id = ? order by id offset ? rows fetch first 1 rows only",
                            row -> row.getLong(1),
                            listId,
                            members / 2)
                    .orElseThrow();
            Long first = database.sql()
                    .first("select min(id) from member where list_id = ?", row -> row.getLong(1), listId)
                    .orElseThrow();
            MemberFilter all = MemberFilter.of(Role.MEMBER);
            time(database, times, "first page", () -> table.page(listId, all, Long.MAX_VALUE, 50));
            time(database, times, "page in the middle", () -> table.page(listId, all, middle, 50));
            time(database, times, "last page", () -> table.page(listId, all, first + 60, 50));
            time(database, times, "count of all", () -> table.count(listId, all));
            for (String term : List.of(
                    "member123",
                    "m",
                    "member19999@",
                    "@d7.example",
                    "@d",
                    "anna",
                    "schm",
                    "an",
                    "zzz",
                    "@zzz",
                    "other")) {
                MemberFilter search = new MemberFilter(Role.MEMBER, term, null, null);
                time(database, times, "search " + term, () -> table.page(listId, search, Long.MAX_VALUE, 50));
                time(database, times, "count of " + term, () -> table.count(listId, search));
            }
            for (DeliveryStatus status : DeliveryStatus.values()) {
                MemberFilter filter = new MemberFilter(Role.MEMBER, "", status, null);
                time(database, times, "page of " + status, () -> table.page(listId, filter, Long.MAX_VALUE, 50));
                time(database, times, "count of " + status, () -> table.count(listId, filter));
            }
            for (DeliveryMode mode : DeliveryMode.values()) {
                MemberFilter filter = new MemberFilter(Role.MEMBER, "", null, mode);
                time(database, times, "page of " + mode, () -> table.page(listId, filter, Long.MAX_VALUE, 50));
                time(database, times, "count of " + mode, () -> table.count(listId, filter));
            }
            MemberFilter both = new MemberFilter(Role.MEMBER, "", DeliveryStatus.BY_BOUNCES, DeliveryMode.MIME_DIGESTS);
            time(database, times, "page of both", () -> table.page(listId, both, Long.MAX_VALUE, 50));
            time(database, times, "count of both", () -> table.count(listId, both));
            MemberFilter searched = new MemberFilter(Role.MEMBER, "member1", DeliveryStatus.BY_BOUNCES, null);
            time(database, times, "search with status", () -> table.page(listId, searched, Long.MAX_VALUE, 50));
            for (String term : List.of("small1234", "s", "@d7.example", "schm", "zzz", "@zzz")) {
                MemberFilter search = new MemberFilter(Role.MEMBER, term, null, null);
                time(database, times, "small: " + term, () -> table.page(small.getId(), search, Long.MAX_VALUE, 50));
                time(database, times, "small: count of " + term, () -> table.count(small.getId(), search));
            }
            for (DeliveryStatus status : List.of(DeliveryStatus.ENABLED, DeliveryStatus.BY_BOUNCES)) {
                MemberFilter filter = new MemberFilter(Role.MEMBER, "", status, null);
                time(
                        database,
                        times,
                        "small: page of " + status,
                        () -> table.page(small.getId(), filter, Long.MAX_VALUE, 50));
                time(database, times, "small: count of " + status, () -> table.count(small.getId(), filter));
            }
        }
    }

    private static void time(TestDatabase database, int times, String what, Runnable work) {
        for (int i = 0; i < times / 4 + 3; i++) {
            work.run();
        }
        long[] micros = new long[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            work.run();
            micros[i] = (System.nanoTime() - began) / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%-10s %-28s median %8.2f ms  p95 %8.2f ms%n",
                database,
                what,
                micros[times / 2] / 1000.0,
                micros[times * 95 / 100] / 1000.0);
    }
}
