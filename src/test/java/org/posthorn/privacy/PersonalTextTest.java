package org.posthorn.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class PersonalTextTest {

    /** A new text column has to be thought about: can an address of a person's stand in it? */
    @BothDatabases
    void eachTextColumnShouldBeSweptOrExcused(TestDatabase database) {
        Set<String> known = Stream.concat(PersonalText.PLACES.stream(), PersonalText.RULES.stream())
                .flatMap(place -> place.columns().stream().map(column -> place.table() + "." + column))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(PersonalText.EXCUSED_COLUMNS.keySet());
        Set<String> swept = Stream.concat(PersonalText.PLACES.stream(), PersonalText.RULES.stream())
                .map(PersonalText.Place::table)
                .collect(Collectors.toSet());
        List<String> unknown = textColumns(database).stream()
                .filter(column -> !PersonalText.EXCUSED_TABLES.containsKey(column.table()))
                .filter(column -> !known.contains(column.table() + "." + column.name()))
                // A setting's constant or number, in a table whose free texts are listed.
                .filter(column -> !swept.contains(column.table()) || column.length() > 100)
                .map(column -> column.table() + "." + column.name())
                .toList();

        assertThat(unknown)
                .as("text columns that PersonalText neither sweeps nor excuses")
                .isEmpty();
    }

    @BothDatabases
    void whatIsSweptOrExcusedShouldBeThere(TestDatabase database) {
        Set<String> there = textColumns(database).stream()
                .map(column -> column.table() + "." + column.name())
                .collect(Collectors.toSet());

        for (PersonalText.Place place : PersonalText.PLACES) {
            assertThat(there)
                    .containsAll(place.columns().stream()
                            .map(name -> place.table() + "." + name)
                            .toList());
        }
        for (PersonalText.Place place : PersonalText.RULES) {
            assertThat(there)
                    .containsAll(place.columns().stream()
                            .map(name -> place.table() + "." + name)
                            .toList());
        }
        assertThat(there).containsAll(PersonalText.EXCUSED_COLUMNS.keySet());
    }

    record Column(String table, String name, int length) {}

    /** Every text column of every table, generated ones left out: they follow from others. */
    static List<Column> textColumns(TestDatabase database) {
        return database.sql()
                .list(
                        """
                        select c.table_name, c.column_name, coalesce(c.character_maximum_length, 1000000) as longest
                        from information_schema.columns c join information_schema.tables t
                          on t.table_name = c.table_name and t.table_schema = c.table_schema
                        where lower(c.table_schema) = 'public' and lower(c.table_name) not like 'flyway%' and t.table_type in ('BASE TABLE') and c.is_generated = 'NEVER'
                          and lower(c.data_type) in ('character varying', 'text', 'character large object', 'character')
                        order by 1, 2""",
                        row -> new Column(
                                row.getString(1).toLowerCase(Locale.ROOT),
                                row.getString(2).toLowerCase(Locale.ROOT),
                                (int) Math.min(Integer.MAX_VALUE, row.getLong(3))));
    }
}
