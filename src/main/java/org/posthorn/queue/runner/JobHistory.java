package org.posthorn.queue.runner;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.posthorn.platform.Sql;

/**
 * Removes old rows of the batch repository, which never removes any by itself: a runner's every start makes five. Only
 * executions that have ended are removed, in the order that the foreign keys want.
 */
@ApplicationScoped
public class JobHistory {

    /** An ended execution is kept so long. */
    static final Duration KEPT = Duration.ofDays(1);

    private final Sql sql;
    private final Clock clock;

    protected JobHistory() {
        this(null, null);
    }

    @Inject
    public JobHistory(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** The repository makes its tables at its first job. */
    private boolean isThere() {
        return sql.first(
                        "select 1 from information_schema.tables where lower(table_name) = 'jbatchexecutioninstancedata'",
                        row -> true)
                .isPresent();
    }

    private record Old(long execution, long instance) {}

    /**
     * @param most how many executions at the most
     * @return how many were removed
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public int purge(int most) {
        if (!isThere()) {
            return 0;
        }
        // The repository keeps local times without a zone.
        LocalDateTime before = LocalDateTime.ofInstant(clock.instant().minus(KEPT), ZoneId.systemDefault());
        List<Old> old = sql.list(
                "select jobexecid, jobinstanceid from jbatchEXECUTIONINSTANCEDATA where batchstatus in ('COMPLETED', 'FAILED', 'STOPPED', 'ABANDONED')"
                        + " and endtime < ? order by jobexecid fetch first " + most + " rows only",
                row -> new Old(row.getLong(1), row.getLong(2)),
                before);
        List<Object[]> executions =
                old.stream().map(row -> new Object[] {row.execution()}).toList();
        List<Object[]> instances = old.stream()
                .map(row -> new Object[] {row.instance()})
                .distinct()
                .toList();
        sql.batch(
                "delete from jbatchSTEPSTATUS where id in (select stepexecid from jbatchSTEPEXECUTIONINSTANCEDATA where jobexecid = ?)",
                executions);
        sql.batch("delete from jbatchSTEPEXECUTIONINSTANCEDATA where jobexecid = ?", executions);
        sql.batch("delete from jbatchEXECUTIONINSTANCEDATA where jobexecid = ?", executions);
        sql.batch("delete from jbatchJOBSTATUS where id = ?", instances);
        sql.batch("delete from jbatchJOBINSTANCEDATA where jobinstanceid = ?", instances);
        return old.size();
    }
}
