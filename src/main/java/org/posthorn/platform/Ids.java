package org.posthorn.platform;

/**
 * Row identifiers, drawn from the database's one sequence a block of 1000 at a time. A block ends at the value drawn,
 * as EclipseLink has it, so that entities and plain SQL share the sequence.
 */
public class Ids {

    static final int BLOCK = 1000;

    private final Sql sql;
    private final boolean postgreSql;
    private long next = 1;
    private long last;

    public Ids(Sql sql, boolean postgreSql) {
        this.sql = sql;
        this.postgreSql = postgreSql;
    }

    /** @return an identifier that nobody else has */
    public synchronized long next() {
        if (next > last) {
            last = sql.first(
                            postgreSql ? "select nextval('posthorn_id')" : "select next value for posthorn_id",
                            row -> row.getLong(1))
                    .orElseThrow();
            next = last - BLOCK + 1;
        }
        return next++;
    }
}
