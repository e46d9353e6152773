package org.posthorn.launch.store;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Moves all of a site from H2 to an empty PostgreSQL database. Both schemas are first brought to this program's version; then the
 * tables are copied, the sequence and the identities set, and each table is read back and compared, all in one transaction
 * of PostgreSQL: what breaks off leaves it empty, and can be begun again. H2 is only read, and stays as it is: the way back.
 *
 * <p>A node that runs holds the H2 file, so this cannot begin under one. Left out are the batch runtime's own tables,
 * which it makes anew, and which nodes there were.
 */
final class MoveDatabase {

    private static final Set<String> LEFT_OUT = Set.of("node", "node_execution");

    private final DriverSource from;
    private final DriverSource to;
    private final SchemaMaker schema;
    private final PrintStream out;

    MoveDatabase(DriverSource from, DriverSource to, SchemaMaker schema, PrintStream out) {
        this.from = from;
        this.to = to;
        this.schema = schema;
        this.out = out;
    }

    /**
     * @return how many rows were moved
     * @throws StoreException when it cannot be; PostgreSQL then holds no row
     */
    long run() {
        try (Connection source = open(from, "it cannot be opened; is a node running?")) {
            try (Connection target = open(to, "it cannot be reached")) {
                requireEmpty(target);
                schema.make(from, false);
                schema.make(to, true);
                source.setReadOnly(true);
                target.setAutoCommit(false);
                long rows = copy(source, target);
                target.commit();
                return rows;
            }
        } catch (SQLException e) {
            throw new StoreException("the move broke off, and nothing was moved", e);
        }
    }

    private static Connection open(DriverSource source, String why) {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new StoreException(source + ": " + why, e);
        }
    }

    private void requireEmpty(Connection target) throws SQLException {
        for (String table : names(
                target,
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
                        + " and table_name not like 'flyway%' order by 1")) {
            if (!names(target, "select 'x' from \"" + table.replace("\"", "\"\"") + "\" fetch first 1 rows only")
                    .isEmpty()) {
                throw new StoreException(
                        to + " is not empty: table " + table + " holds rows. Give a database of its own");
            }
        }
    }

    private record ForeignKey(String table, String name, String definition) {}

    private long copy(Connection source, Connection target) throws SQLException {
        List<ForeignKey> keys = foreignKeys(target);
        for (ForeignKey key : keys) {
            execute(target, "alter table " + key.table + " drop constraint " + key.name);
        }
        Map<TableCopy, RowSum> read = new LinkedHashMap<>();
        long rows = 0;
        for (String table : tables(target)) {
            TableCopy copy = new TableCopy(
                    table,
                    columns(target, table),
                    (name, count) -> out.println("copied " + name + ": " + count + " rows"));
            RowSum sum = copy.run(source, target);
            read.put(copy, sum);
            rows += sum.rows();
        }
        for (ForeignKey key : keys) {
            execute(target, "alter table " + key.table + " add constraint " + key.name + " " + key.definition);
        }
        numbers(source, target);
        out.println("comparing");
        for (Map.Entry<TableCopy, RowSum> table : read.entrySet()) {
            RowSum there = table.getKey().read(target);
            if (!there.equals(table.getValue())) {
                throw new StoreException(
                        "a table came out different: " + table.getValue() + " were read, " + there + " are there");
            }
        }
        return rows;
    }

    private static List<String> tables(Connection target) throws SQLException {
        List<String> tables = names(
                target,
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'"
                        + " and table_name not like 'flyway%' order by 1");
        tables.removeAll(LEFT_OUT);
        return tables;
    }

    /** Generated columns come by themselves. */
    private static List<String> columns(Connection target, String table) throws SQLException {
        return names(
                target,
                "select column_name from information_schema.columns where table_schema = 'public' and table_name = ? and is_generated = 'NEVER'"
                        + " order by ordinal_position",
                table);
    }

    private static List<ForeignKey> foreignKeys(Connection target) throws SQLException {
        List<ForeignKey> keys = new ArrayList<>();
        try (Statement statement = target.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
                                + " where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2")) {
            while (rows.next()) {
                keys.add(new ForeignKey(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return keys;
    }

    /** The sequence and the identities go on where H2's are: no number is given twice, not even a removed row's. */
    private static void numbers(Connection source, Connection target) throws SQLException {
        try (Statement statement = source.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select sequence_name, base_value from information_schema.sequences where sequence_schema = 'PUBLIC'"
                            + " and sequence_name not like 'SYSTEM_SEQUENCE%' and sequence_name not like 'JBATCH%'")) {
                while (rows.next()) {
                    execute(
                            target,
                            "alter sequence " + rows.getString(1).toLowerCase(java.util.Locale.ROOT) + " restart with "
                                    + rows.getLong(2));
                }
            }
            try (ResultSet rows = statement.executeQuery(
                    "select lower(table_name), lower(column_name), identity_base from information_schema.columns"
                            + " where table_schema = 'PUBLIC' and is_identity = 'YES' and table_name not like 'JBATCH%'")) {
                while (rows.next()) {
                    execute(
                            target,
                            "alter table " + rows.getString(1) + " alter column " + rows.getString(2) + " restart with "
                                    + rows.getLong(3));
                }
            }
        }
    }

    private static List<String> names(Connection connection, String query, Object... parameters) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement one = connection.createStatement()) {
            one.execute(statement);
        }
    }
}
