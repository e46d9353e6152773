package org.posthorn.list.members;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.testing.TestDatabase;

/** Rosters of many members with names, some of them stopped, some with digests, at 50 domains. */
final class BigRoster {

    private static final List<String> FIRST = List.of("Anna", "Bert", "Carla", "Dirk", "Eva", "Franz", "Gerd");
    private static final List<String> LAST =
            List.of("Schmidt", "Maier", "Huber", "Schulz", "Novak", "Durand", "Garc\u00eda");

    private BigRoster() {}

    static void fill(TestDatabase database, long listId, int members) {
        fill(database, listId, members, "member");
    }

    static void fillOther(TestDatabase database, long listId, int members) {
        fill(database, listId, members, "other");
    }

    static void fillSmall(TestDatabase database, long listId, int members) {
        fill(database, listId, members, "small");
    }

    private static void fill(TestDatabase database, long listId, int members, String prefix) {
        Sql sql = database.sql();
        Ids ids = database.ids();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        for (int from = 0; from < members; from += 1000) {
            List<Object[]> addresses = new ArrayList<>();
            List<Object[]> rows = new ArrayList<>();
            for (int i = from; i < Math.min(members, from + 1000); i++) {
                long address = ids.next();
                String email = prefix + i + "@d" + i % 50 + ".example";
                String name = i % 3 == 0 ? null : FIRST.get(i % 7) + " " + LAST.get(i / 7 % 7);
                addresses.add(new Object[] {address, email, email, name, at, at});
                rows.add(new Object[] {
                    ids.next(),
                    listId,
                    address,
                    name,
                    at,
                    i % 500 == 0 ? "BY_BOUNCES" : i % 40 == 1 ? "BY_USER" : null,
                    i % 8 == 0 ? "MIME_DIGESTS" : null
                });
            }
            database.inTransaction(() -> {
                sql.batch(
                        "insert into address (id, email, original_email, display_name, registered_at, verified_at, version) values (?, ?, ?, ?, ?, ?, 1)",
                        addresses);
                sql.batch(
                        "insert into member (id, list_id, address_id, subscription_mode, role, display_name, joined_at, delivery_status, delivery_mode, version) values (?, ?, ?, 'AS_ADDRESS', 'MEMBER', ?, ?, ?, ?, 1)",
                        rows);
            });
        }
    }
}
