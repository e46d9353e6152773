package org.posthorn.launch.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;

/** One table's way: streamed out of H2, and in batches of bounded size into PostgreSQL. */
final class TableCopy {

    private static final int MOST_ROWS = 500;
    private static final long MOST_OCTETS = 4 << 20;
    private static final int SHOWN_EACH = 100_000;

    private final String table;
    private final List<String> columns;
    private final Progress progress;

    /** Says how far it is. */
    interface Progress {
        void copied(String table, long rows);
    }

    TableCopy(String table, List<String> columns, Progress progress) {
        this.table = table;
        this.columns = List.copyOf(columns);
        this.progress = progress;
    }

    /** @return what was read */
    RowSum run(Connection from, Connection to) throws SQLException {
        String names = String.join(", ", columns);
        String insert = "insert into " + table + " (" + names + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        RowSum sum = new RowSum();
        try (PreparedStatement select = from.prepareStatement("select " + names + " from " + table);
                PreparedStatement add = to.prepareStatement(insert)) {
            select.setFetchSize(MOST_ROWS);
            try (ResultSet rows = select.executeQuery()) {
                int waiting = 0;
                long octets = 0;
                while (rows.next()) {
                    Object[] row = row(rows);
                    sum.add(row);
                    octets += bind(add, row);
                    add.addBatch();
                    if (++waiting == MOST_ROWS || octets > MOST_OCTETS) {
                        add.executeBatch();
                        waiting = 0;
                        octets = 0;
                    }
                    if (sum.rows() % SHOWN_EACH == 0) {
                        progress.copied(table, sum.rows());
                    }
                }
                add.executeBatch();
            }
        }
        progress.copied(table, sum.rows());
        return sum;
    }

    /** @return what is there now, read in a transaction */
    RowSum read(Connection database) throws SQLException {
        RowSum sum = new RowSum();
        try (PreparedStatement select =
                database.prepareStatement("select " + String.join(", ", columns) + " from " + table)) {
            select.setFetchSize(MOST_ROWS / 5);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    sum.add(row(rows));
                }
            }
        }
        return sum;
    }

    private Object[] row(ResultSet rows) throws SQLException {
        Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
            int type = rows.getMetaData().getColumnType(i + 1);
            row[i] = switch (type) {
                case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> rows.getObject(i + 1, OffsetDateTime.class);
                case Types.VARCHAR, Types.CHAR, Types.CLOB, Types.LONGVARCHAR -> text(rows.getString(i + 1));
                case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> rows.getBytes(i + 1);
                default -> rows.getObject(i + 1);
            };
        }
        return row;
    }

    /** PostgreSQL refuses U+0000. */
    private static String text(String value) {
        return value == null ? null : value.replace('\0', '\uFFFD');
    }

    private static long bind(PreparedStatement add, Object[] row) throws SQLException {
        long octets = 0;
        for (int i = 0; i < row.length; i++) {
            if (row[i] == null) {
                add.setNull(i + 1, Types.NULL);
            } else if (row[i] instanceof byte[] bytes) {
                add.setBytes(i + 1, bytes);
                octets += bytes.length;
            } else {
                add.setObject(i + 1, row[i]);
                octets += row[i] instanceof String text ? text.length() : Long.BYTES;
            }
        }
        return octets;
    }
}
