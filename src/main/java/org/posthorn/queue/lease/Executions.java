package org.posthorn.queue.lease;

import java.util.List;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;

/**
 * Which batch job executions belong to which incarnation of a node. The batch repository does not know the dead: an
 * execution whose node was killed stays STARTED in it for ever, unless somebody says otherwise.
 */
final class Executions {

    private static final int MOST = 500;

    private final Sql sql;
    private final Dialect dialect;

    Executions(Sql sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    void record(long executionId, Incarnation incarnation) {
        sql.update(
                "insert into node_execution (execution_id, incarnation, started_at) values (?, ?, " + dialect.realNow()
                        + ")",
                executionId,
                incarnation.id());
    }

    void forget(long executionId) {
        sql.update("delete from node_execution where execution_id = ?", executionId);
    }

    /**
     * Marks executions of incarnations that are over as failed in the batch repository, if they are under way there, and
     * forgets them.
     *
     * @return their ids, 500 at most
     */
    List<Long> bury() {
        List<Long> dead = sql.list(
                "select execution_id from node_execution e where not exists (select 1 from node n where n.incarnation = e.incarnation and n.expires_at > "
                        + dialect.realNow() + ") order by execution_id fetch first " + MOST + " rows only",
                row -> row.getLong(1));
        if (dead.isEmpty()) {
            return dead;
        }
        boolean repository = hasRepository();
        for (long execution : dead) {
            if (repository) {
                sql.update(
                        "update jbatchEXECUTIONINSTANCEDATA set batchstatus = 'FAILED', exitstatus = 'FAILED', endtime = localtimestamp"
                                + " where jobexecid = ? and batchstatus in ('STARTING', 'STARTED', 'STOPPING')",
                        execution);
            }
            forget(execution);
        }
        return dead;
    }

    /** The batch runtime makes its tables when it is first used. */
    private boolean hasRepository() {
        return sql.first(
                        "select 1 from information_schema.tables where upper(table_name) = 'JBATCHEXECUTIONINSTANCEDATA' fetch first 1 rows only",
                        row -> row.getInt(1))
                .isPresent();
    }
}
