package org.posthorn.platform;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Plain SQL over a data source: for the queue, where the statement is the design. Within a JTA transaction every call
 * works on the transaction's connection; outside of one each call commits by itself.
 *
 * <p>Parameters are bound, never glued in. An {@link Instant} goes as {@code timestamp with time zone} in UTC,
 * {@code byte[]} as octets, an enum by its name.
 */
public class Sql {

    static final int QUERY_SECONDS = 60;

    private final Connections connections;
    private final int querySeconds;

    public Sql(DataSource source) {
        this(source, QUERY_SECONDS);
    }

    /** @param querySeconds how long a statement may take before it is given up */
    public Sql(DataSource source, int querySeconds) {
        this((Connections) source::getConnection, querySeconds);
    }

    /** @param querySeconds as above; 0: no limit */
    Sql(Connections connections, int querySeconds) {
        this.connections = connections;
        this.querySeconds = querySeconds;
    }

    /** Gives a connection, to be closed after each statement: within a transaction always the transaction's. */
    @FunctionalInterface
    interface Connections {
        Connection get() throws SQLException;
    }

    /** Turns the present row into a value. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /** Takes one row after the other. */
    @FunctionalInterface
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** @return the rows, which the statement itself must bound */
    public <T> List<T> list(String sql, RowMapper<T> mapper, Object... parameters) {
        List<T> rows = new ArrayList<>();
        forEach(sql, row -> rows.add(mapper.map(row)), parameters);
        return rows;
    }

    /** @return the first row, or empty */
    public <T> Optional<T> first(String sql, RowMapper<T> mapper, Object... parameters) {
        List<T> rows = list(sql, mapper, parameters);
        return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
    }

    /** Streams the rows, 500 at a time on PostgreSQL within a transaction. */
    public void forEach(String sql, RowReader reader, Object... parameters) {
        try (Connection connection = connections.get();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(500);
            limit(statement);
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** @return how many rows changed */
    public int update(String sql, Object... parameters) {
        try (Connection connection = connections.get();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            limit(statement);
            bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** Runs one statement for many parameter rows in one go. @return how many rows each changed */
    public int[] batch(String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        if (rows.size() == 1) {
            return new int[] {update(sql, rows.get(0))}; // quicker where a batch has a cost of its own
        }
        try (Connection connection = connections.get();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            limit(statement);
            for (Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** H2 keeps the limit with the connection and takes a statement to set it, so it is only set where it is not yet. */
    private void limit(PreparedStatement statement) throws SQLException {
        if (querySeconds > 0 && statement.getQueryTimeout() != querySeconds) {
            statement.setQueryTimeout(querySeconds);
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else if (value instanceof Instant instant) {
                statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
            } else if (value instanceof Enum<?> constant) {
                statement.setString(i + 1, constant.name());
            } else if (value instanceof byte[] octets) {
                statement.setBytes(i + 1, octets);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }

    /** @return the column's instant, or null */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        java.time.OffsetDateTime at = row.getObject(column, java.time.OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    /** @return the column's number, or null */
    public static Long longOrNull(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
