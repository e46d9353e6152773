package org.posthorn.queue.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** Over tables with the keys that the batch runtime's own have. */
class JobHistoryTest {

    private static final Duration OLD = JobHistory.KEPT.plusSeconds(1);

    private QueueOnDatabase queue;
    private JobHistory history;

    private void open(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        history = new JobHistory(queue.sql, queue.clock);
        for (String table : List.of(
                "jbatchJOBINSTANCEDATA (jobinstanceid bigint primary key)",
                "jbatchEXECUTIONINSTANCEDATA (jobexecid bigint primary key, jobinstanceid bigint references jbatchJOBINSTANCEDATA (jobinstanceid), batchstatus varchar(20), endtime timestamp)",
                "jbatchSTEPEXECUTIONINSTANCEDATA (stepexecid bigint primary key, jobexecid bigint references jbatchEXECUTIONINSTANCEDATA (jobexecid))",
                "jbatchJOBSTATUS (id bigint primary key references jbatchJOBINSTANCEDATA (jobinstanceid))",
                "jbatchSTEPSTATUS (id bigint primary key references jbatchSTEPEXECUTIONINSTANCEDATA (stepexecid))")) {
            queue.sql.update("create table " + table);
        }
    }

    /** An execution with a row in each table. @param ended how long ago; null: it has not */
    private void execution(long id, String status, Duration ended) {
        LocalDateTime end = ended == null
                ? null
                : LocalDateTime.ofInstant(queue.clock.instant().minus(ended), ZoneId.systemDefault());
        queue.sql.update("insert into jbatchJOBINSTANCEDATA (jobinstanceid) values (?)", id);
        queue.sql.update("insert into jbatchJOBSTATUS (id) values (?)", id);
        queue.sql.update(
                "insert into jbatchEXECUTIONINSTANCEDATA (jobexecid, jobinstanceid, batchstatus, endtime) values (?, ?, ?, "
                        + (end == null
                                ? "null"
                                : "timestamp '" + end.toString().replace('T', ' ')
                                        + (end.getSecond() == 0 && end.getNano() == 0 ? ":00" : "") + "'")
                        + ")",
                id,
                id,
                status);
        queue.sql.update("insert into jbatchSTEPEXECUTIONINSTANCEDATA (stepexecid, jobexecid) values (?, ?)", id, id);
        queue.sql.update("insert into jbatchSTEPSTATUS (id) values (?)", id);
    }

    private int purge(int most) {
        return queue.database.inTransaction(() -> history.purge(most));
    }

    private List<Long> left(String table, String column) {
        return queue.sql.list("select " + column + " from " + table + " order by 1", row -> row.getLong(1));
    }

    @BothDatabases
    void beforeTheFirstJobThereShouldBeNothingToRemove(TestDatabase database) {
        queue = new QueueOnDatabase(database);
        history = new JobHistory(queue.sql, queue.clock);

        assertThat(purge(10)).isZero();
    }

    @BothDatabases
    void anOldExecutionLeavesAllTables(TestDatabase database) {
        open(database);
        execution(1, "COMPLETED", OLD);
        assertThat(purge(10)).isEqualTo(1);
        assertThat(left("jbatchEXECUTIONINSTANCEDATA", "jobexecid")).isEmpty();
        assertThat(left("jbatchSTEPEXECUTIONINSTANCEDATA", "stepexecid")).isEmpty();
        assertThat(left("jbatchSTEPSTATUS", "id")).isEmpty();
        assertThat(left("jbatchJOBSTATUS", "id")).isEmpty();
        assertThat(left("jbatchJOBINSTANCEDATA", "jobinstanceid")).isEmpty();
    }

    @BothDatabases
    void whatRunsOrHasJustEndedStays(TestDatabase database) {
        open(database);
        execution(1, "STARTED", null);
        execution(2, "STARTED", OLD);
        execution(3, "COMPLETED", JobHistory.KEPT.minusSeconds(1));
        assertThat(purge(10)).isZero();
        assertThat(left("jbatchEXECUTIONINSTANCEDATA", "jobexecid")).containsExactly(1L, 2L, 3L);
    }

    @BothDatabases
    void theOldestGoFirstAndNoMoreThanAskedFor(TestDatabase database) {
        open(database);
        for (long id = 1; id <= 3; id++) {
            execution(id, "FAILED", OLD);
        }
        assertThat(purge(2)).isEqualTo(2);
        assertThat(left("jbatchEXECUTIONINSTANCEDATA", "jobexecid")).containsExactly(3L);
    }
}
