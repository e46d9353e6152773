package org.posthorn.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * H2 databases in memory, one test after the other on each: to empty one takes a millisecond, to make one a hundred. One
 * that a test left otherwise than empty, or with a session open, is thrown away.
 */
final class H2Databases {

    static final String USER = "sa";
    private static final String SHAPE = "script nodata nopasswords";
    private static final String END = "shutdown immediately";
    private static final String SESSIONS = "select count(*) from information_schema.sessions";
    private static final String TABLES = """
            select table_name from information_schema.tables
            where table_schema = 'PUBLIC' and table_name <> 'flyway_schema_history'""";
    private static final String SEQUENCES =
            "select sequence_name from information_schema.sequences where sequence_schema = 'PUBLIC'";

    private static final H2Databases OF_PROCESS = new H2Databases();

    private final Deque<String> spare = new ArrayDeque<>();
    private final Map<String, List<String>> shapes = new HashMap<>();
    private String script;
    private int made;

    static H2Databases ofProcess() {
        return OF_PROCESS;
    }

    /** @return the URL of an empty, migrated database */
    synchronized String take() {
        if (!spare.isEmpty()) {
            return spare.pop();
        }
        String url = "jdbc:h2:mem:t" + ++made + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000";
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement plain = connection.createStatement()) {
            plain.execute(migrated());
            shapes.put(url, texts(plain, SHAPE));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url;
    }

    /** Empties the database for the next test, or ends it. Nobody has a connection to it any more. */
    synchronized void giveBack(String url) {
        try (Connection connection = DriverManager.getConnection(url, USER, "");
                Statement plain = connection.createStatement()) {
            if (isAlone(plain) && empty(plain).equals(shapes.get(url))) {
                spare.push(url);
            } else {
                shapes.remove(url);
                plain.execute(END);
            }
        } catch (SQLException e) {
            // It is gone: that was asked for, or the test did it.
        }
    }

    private static boolean isAlone(Statement plain) throws SQLException {
        return texts(plain, SESSIONS).equals(List.of("1"));
    }

    /** @return its shape afterwards */
    private static List<String> empty(Statement plain) throws SQLException {
        plain.execute("set referential_integrity false");
        for (String table : texts(plain, TABLES)) {
            plain.execute("truncate table \"" + table + "\"");
        }
        plain.execute("set referential_integrity true");
        for (String sequence : texts(plain, SEQUENCES)) {
            plain.execute("alter sequence \"" + sequence + "\" restart");
        }
        return texts(plain, SHAPE);
    }

    /** What migration makes, as statements: migrating for each database would take long. */
    private String migrated() {
        if (script == null) {
            try (TestDatabase database = TestDatabases.h2Migrated("jdbc:h2:mem:migrated;DB_CLOSE_DELAY=-1")) {
                script = String.join("\n", database.sql().list("script", row -> row.getString(1)));
                database.sql().update(END);
            } catch (RuntimeException e) {
                if (script == null) {
                    throw e;
                }
                // The connection is gone with the database: that was asked for.
            }
        }
        return script;
    }

    private static List<String> texts(Statement plain, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = plain.executeQuery(query)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
