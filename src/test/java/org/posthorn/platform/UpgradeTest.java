package org.posthorn.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Holds ADR 2: what the release before reads and writes works on today's schema. */
class UpgradeTest {

    /** The last migration of the release before. */
    private static final String PREVIOUS_RELEASE = "1";

    /** Of each migration that was released: it is never changed again. */
    private static final Map<String, String> RELEASED =
            Map.of("V1__spine.sql", "8f17d8d9ba8bba0303f4071f488e90a53e4eb7a98594d31713a18c473e48cebc");

    private record Column(String type, int length, boolean nullable, boolean hasDefault, boolean generated) {}

    @Test
    void releasedMigrationsShouldBeUnchanged() throws IOException {
        for (Map.Entry<String, String> released : RELEASED.entrySet()) {
            byte[] octets = Files.readAllBytes(Path.of("src/main/resources/db/migration", released.getKey()));
            assertThat(HexFormat.of().formatHex(Digests.sha256().digest(octets)))
                    .as(released.getKey())
                    .isEqualTo(released.getValue());
        }
    }

    @BothDatabases
    void whatWasThereShouldStillBeThereAndTakeAsMuch(TestDatabase database) {
        Map<String, Map<String, Column>> today = columns(database.sql());
        Map<String, Map<String, Column>> before = previously(database, then -> columns(then.sql()));

        assertThat(before).hasSizeGreaterThan(20);
        before.forEach((table, columns) -> columns.forEach((name, old) -> {
            assertThat(today).containsKey(table);
            Column now = today.get(table).get(name);
            assertThat(now).as(table + "." + name + " is there").isNotNull();
            assertThat(now.type()).as(table + "." + name + "'s type").isEqualTo(old.type());
            assertThat(now.length()).as(table + "." + name + "'s length").isGreaterThanOrEqualTo(old.length());
            assertThat(now.generated()).as(table + "." + name + " is generated").isEqualTo(old.generated());
            if (old.nullable()) {
                assertThat(now.nullable())
                        .as(table + "." + name + " takes null")
                        .isTrue();
            }
            if (old.hasDefault()) {
                assertThat(now.hasDefault())
                        .as(table + "." + name + " has a default")
                        .isTrue();
            }
        }));
    }

    @BothDatabases
    void newColumnsOfOldTablesShouldNotHaveToBeGiven(TestDatabase database) {
        Map<String, Map<String, Column>> today = columns(database.sql());

        previously(database, before -> columns(before.sql()))
                .forEach((table, old) -> today.get(table).forEach((name, column) -> {
                    if (!old.containsKey(name)) {
                        assertThat(column.nullable() || column.hasDefault() || column.generated())
                                .as(table + "." + name + " is nullable, defaulted or generated")
                                .isTrue();
                    }
                }));
    }

    @BothDatabases
    void oldTablesShouldHaveNoNewConstraints(TestDatabase database) {
        Map<String, List<String>> today = rules(database);
        Map<String, List<String>> before = previously(database, UpgradeTest::rules);

        assertThat(before).hasSizeGreaterThan(20);
        before.forEach((table, rules) -> assertThat(today.get(table))
                .as("keys, unique indexes, checks and foreign keys of " + table)
                .isEqualTo(rules));
    }

    @BothDatabases
    void newUniqueIndexShouldBeSeen(TestDatabase database) {
        Map<String, List<String>> before = rules(database);

        database.sql().update("create index plain on held_message (list_id, held_at)");
        assertThat(rules(database)).isEqualTo(before);

        database.sql().update("create unique index sneaky on held_message (list_id, held_at)");
        assertThat(rules(database).get("held_message"))
                .hasSize(before.get("held_message").size() + 1)
                .anyMatch(rule -> rule.startsWith("unique index") && rule.contains("list_id, held_at"));
    }

    @BothDatabases
    void constraintThatTakesThePlaceOfAnotherShouldBeSeen(TestDatabase database) {
        database.sql().update("create table swapped (id bigint primary key, a integer, b integer)");
        database.sql().update("alter table swapped add constraint c check (a > 0)");
        database.sql().update("alter table swapped add constraint k unique (a)");
        List<String> before = rules(database).get("swapped");

        database.sql().update("alter table swapped drop constraint c");
        database.sql().update("alter table swapped add constraint c check (b > 0)");
        assertThat(rules(database).get("swapped")).hasSameSizeAs(before).isNotEqualTo(before);

        database.sql().update("alter table swapped drop constraint c");
        database.sql().update("alter table swapped add constraint c check (a > 0)");
        assertThat(rules(database).get("swapped")).isEqualTo(before);

        database.sql().update("alter table swapped drop constraint k");
        database.sql().update("alter table swapped add constraint k unique (a, b)");
        assertThat(rules(database).get("swapped")).hasSameSizeAs(before).isNotEqualTo(before);
    }

    @BothDatabases
    void aRowOfTheReleaseBeforeShouldGoIntoEachTable(TestDatabase database) throws IOException {
        Map<String, Map<String, Column>> before = previously(database, then -> columns(then.sql()));
        List<String> tables = inOrderOfTheirMaking();
        assertThat(tables).containsExactlyInAnyOrderElementsOf(before.keySet());

        database.inTransaction(() -> tables.forEach(table -> insert(database.sql(), table, before.get(table))));

        for (String table : tables) {
            assertThat(database.sql().first("select count(*) from " + table, row -> row.getInt(1)))
                    .as(table)
                    .contains(1);
        }
        database.inTransaction(() -> {
            Collections.reverse(tables);
            database.sql().update("update subscriber set preferred_address_id = null");
            tables.forEach(table -> database.sql().update("delete from " + table));
        });
    }

    /** All keys are 1 or x, so that foreign keys find their rows. */
    private static void insert(Sql sql, String table, Map<String, Column> columns) {
        List<String> names = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        columns.forEach((name, column) -> {
            if (!column.nullable()) {
                names.add(name);
                values.add(value(column, name));
            }
        });
        sql.update(
                "insert into " + table + " (" + String.join(", ", names) + ") values ("
                        + String.join(", ", Collections.nCopies(names.size(), "?")) + ")",
                values.toArray());
    }

    private static Object value(Column column, String name) {
        return switch (column.type()) {
            case "bigint" -> 1L;
            case "integer" -> 1;
            case "double precision" -> 1.0;
            case "boolean" -> false;
            case "timestamp with time zone" -> Instant.EPOCH;
            case "bytea", "binary varying" -> new byte[32];
            case "character varying", "text" -> "x";
            default -> throw new AssertionError("no value for " + column.type() + " of " + name);
        };
    }

    @BothDatabases
    void anOlderProgramShouldStartOnANewerSchema(TestDatabase database) {
        String history = "\"flyway_schema_history\"";
        DataSource source = database.source();
        database.sql()
                .update("insert into " + history
                        + " (\"installed_rank\", \"version\", \"description\", \"type\", \"script\", \"checksum\", \"installed_by\", \"execution_time\", \"success\")"
                        + " values (999, '999', 'of the next release', 'SQL', 'V999__next.sql', 1, 'x', 1, true)");

        assertThatCode(() -> Schema.migrate(source, database.dialect())).doesNotThrowAnyException();
    }

    // --- The schema as it was ---------------------------------------------------------------------------------------

    private interface Look<T> {
        T at(TestDatabase database);
    }

    /** What the schema of the release before looks like, made beside today's and dropped. */
    private static <T> T previously(TestDatabase database, Look<T> look) {
        try (TestDatabase before = database.isPostgreSql()
                ? org.posthorn.testing.TestDatabases.POSTGRESQL.fresh()
                : org.posthorn.testing.TestDatabases.H2.fresh()) {
            if (before.isPostgreSql()) {
                before.sql().update("drop schema public cascade");
                before.sql().update("create schema public");
            } else {
                before.sql().update("drop all objects");
            }
            Schema.configuration(before.source(), before.dialect())
                    .target(PREVIOUS_RELEASE)
                    .load()
                    .migrate();
            return look.at(before);
        }
    }

    private static Map<String, Map<String, Column>> columns(Sql sql) {
        Map<String, Map<String, Column>> columns = new TreeMap<>();
        sql.forEach(
                """
                select c.table_name, c.column_name, c.data_type, coalesce(c.character_maximum_length, 2147483647) as longest,
                       c.is_nullable, c.column_default, c.is_identity, c.is_generated
                from information_schema.columns c
                join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema
                where lower(c.table_schema) = 'public' and t.table_type = 'BASE TABLE' and lower(c.table_name) not like 'flyway%'""",
                row -> columns.computeIfAbsent(lower(row.getString(1)), table -> new TreeMap<>())
                        .put(
                                lower(row.getString(2)),
                                new Column(
                                        lower(row.getString(3)),
                                        (int) Math.min(Integer.MAX_VALUE, row.getLong(4)),
                                        row.getString(5).equals("YES"),
                                        row.getString(6) != null
                                                || row.getString(7).equals("YES"),
                                        !row.getString(8).equals("NEVER"))));
        return columns;
    }

    /** What each table's rows must keep to: keys, unique indexes, checks and foreign keys, by what they say, not by their names. */
    private static Map<String, List<String>> rules(TestDatabase database) {
        Map<String, List<String>> rules = new TreeMap<>();
        for (String query : database.isPostgreSql() ? OF_POSTGRESQL : OF_H2) {
            database.sql()
                    .forEach(
                            query,
                            row -> rules.computeIfAbsent(lower(row.getString(1)), table -> new ArrayList<>())
                                    .add(lower(row.getString(2))));
        }
        rules.keySet().removeIf(table -> table.startsWith("flyway"));
        rules.values().forEach(Collections::sort);
        return rules;
    }

    private static final List<String> OF_POSTGRESQL = List.of("""
            select c.conrelid::regclass::text, pg_get_constraintdef(c.oid)
            from pg_constraint c join pg_namespace n on n.oid = c.connamespace
            where n.nspname = 'public' and c.conrelid <> 0""", """
            select i.indrelid::regclass::text, 'unique index ' || substring(pg_get_indexdef(i.indexrelid) from ' USING .*')
            from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
            where n.nspname = 'public' and i.indisunique""");

    private static final List<String> OF_H2 = List.of("""
            select tc.table_name, tc.constraint_type || ' ' || coalesce(cc.check_clause, '') || ' ('
                   || coalesce((select listagg(k.column_name, ', ') within group (order by k.ordinal_position)
                                from information_schema.key_column_usage k
                                where k.constraint_name = tc.constraint_name and k.table_name = tc.table_name), '')
                   || ') ' || coalesce(of.table_name, '')
            from information_schema.table_constraints tc
            left join information_schema.check_constraints cc on cc.constraint_name = tc.constraint_name
            left join information_schema.referential_constraints rc on rc.constraint_name = tc.constraint_name
            left join information_schema.table_constraints of on of.constraint_name = rc.unique_constraint_name
            where tc.constraint_schema = 'PUBLIC'""", """
            select i.table_name, 'unique index (' || listagg(c.column_name, ', ') within group (order by c.ordinal_position) || ')'
            from information_schema.indexes i
            join information_schema.index_columns c on c.index_name = i.index_name and c.table_name = i.table_name
            where i.table_schema = 'PUBLIC' and (i.index_type_name like '%UNIQUE%' or i.index_type_name like 'PRIMARY%')
            group by i.table_name, i.index_name""");

    private static List<String> inOrderOfTheirMaking() throws IOException {
        List<String> tables = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/main/resources/db/migration/V1__spine.sql"))) {
            if (line.startsWith("create table ")) {
                tables.add(line.substring("create table ".length())
                        .replace(" (", "")
                        .strip());
            }
        }
        return tables;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
