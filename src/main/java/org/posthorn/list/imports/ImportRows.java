package org.posthorn.list.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.ImportReport;
import org.posthorn.list.ImportStart;
import org.posthorn.list.RowError;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Via;

/**
 * The imports' rows. Whoever works at one has taken it up under an epoch, and whatever they write is written only while
 * that is the latest: a node that was thought dead and is not changes nothing.
 */
@ApplicationScoped
public class ImportRows {

    /** What became of an import can be read for so long. */
    static final Duration KEPT = Duration.ofDays(30);

    private static final int LONGEST_VALUE = 1000;
    private static final int LONGEST_REASON = 2000;

    private final Sql sql;
    private final Dialect dialect;
    private final Clock clock;

    protected ImportRows() {
        this(null, null, null);
    }

    @Inject
    public ImportRows(Sql sql, Dialect dialect, Clock clock) {
        this.sql = sql;
        this.dialect = dialect;
        this.clock = clock;
    }

    /**
     * An import that was taken up.
     *
     * @param attempts how often it was, this time too, since it last told of rows
     */
    record Taken(long id, long epoch, int attempts, long listId, boolean welcome, ImportStart start) {}

    private record Free(long id, long epoch) {}

    /**
     * Takes up the oldest that waits, or that a node left when it died, or that this node itself could not give back.
     *
     * @param node who asks, which works at none now
     * @return empty: there is none, or another node was quicker
     */
    @Transactional(TxType.REQUIRES_NEW) // it must be there for others to see before the work begins
    public Optional<Taken> take(String node, String incarnation) {
        Optional<Free> free = sql.first(
                """
                select id, epoch from member_import i where state in ('WAITING', 'RUNNING') and (node is null
                  or node = ? and incarnation = ? or not exists (
                    select 1 from node n where n.name = i.node and n.incarnation = i.incarnation and n.expires_at > {now}))
                order by id fetch first 1 rows only""".replace("{now}", dialect.realNow()),
                row -> new Free(row.getLong(1), row.getLong(2)),
                node,
                incarnation);
        return free.filter(one -> sql.update("""
                                update member_import set state = 'RUNNING', node = ?, incarnation = ?, epoch = epoch + 1,
                                  attempts = attempts + 1, started_at = coalesce(started_at, ?) where id = ? and epoch = ?""", node, incarnation, clock.instant(), one.id, one.epoch) == 1)
                .flatMap(one -> sql.first(
                        "select * from member_import where id = ?",
                        row -> new Taken(
                                one.id,
                                row.getLong("epoch"),
                                row.getInt("attempts"),
                                row.getLong("list_id"),
                                row.getBoolean("welcome"),
                                new ImportStart(row.getLong("read_rows"), report(row, errors(one.id)))),
                        one.id));
    }

    /** Who began it, with the rights that they have now; who is gone is nobody. */
    @Transactional(TxType.REQUIRES_NEW) // called by a thread without one
    public Actor actor(long importId) {
        return sql.first(
                        """
                        select i.actor, i.actor_id, s.id as person, coalesce(s.server_owner, false) as owner
                        from member_import i left join subscriber s on s.id = i.actor_id where i.id = ?""",
                        row -> actor(
                                row.getString("actor"),
                                Sql.longOrNull(row, "actor_id"),
                                Sql.longOrNull(row, "person"),
                                row.getBoolean("owner")),
                        importId)
                .orElse(Actor.anonymous(Via.CONSOLE));
    }

    private static Actor actor(String name, Long id, Long person, boolean owner) {
        if (person != null) {
            return Actor.person(Via.CONSOLE, name, person, owner);
        }
        return id == null && name.equals(Actor.SYSTEM.name()) ? Actor.SYSTEM : Actor.anonymous(Via.CONSOLE);
    }

    /**
     * Tells how far it is.
     *
     * @return false: it is another's by now, or gone with its list
     */
    @Transactional(TxType.REQUIRES_NEW) // others are to see it at once
    public boolean tell(Taken taken, long rows, long bytes, ImportReport report) {
        boolean ours = sql.update(
                        """
                        update member_import set attempts = 0, read_rows = ?, read_bytes = ?, added = ?, updated = ?, skipped = ?,
                          failed = ? where id = ? and epoch = ?""",
                        rows,
                        bytes,
                        report.added(),
                        report.updated(),
                        report.skipped(),
                        report.failed(),
                        taken.id,
                        taken.epoch)
                == 1;
        if (ours && report.failed() > 0) {
            keep(taken.id, report.errors());
        }
        return ours;
    }

    private void keep(long id, List<RowError> errors) {
        sql.update("delete from member_import_error where import_id = ?", id);
        List<Object[]> values = new ArrayList<>();
        for (RowError error : errors) {
            values.add(new Object[] {
                id,
                values.size(),
                error.line(),
                Text.line(error.value(), LONGEST_VALUE),
                Text.line(error.reason(), LONGEST_REASON)
            });
        }
        sql.batch(
                "insert into member_import_error (import_id, error_no, line_no, value_text, reason) values (?, ?, ?, ?, ?)",
                values);
    }

    /** The file was read to its end. At once, so that a crash cannot count what ended the reading twice. */
    @Transactional(TxType.REQUIRES_NEW) // called by a thread without one
    public void finish(Taken taken, ImportReport report) {
        long rows = report.added() + report.updated() + report.skipped() + report.failed();
        if (tell(taken, rows, 0, report)) {
            end(taken, ImportState.DONE, null);
        }
    }

    /** It is over, and its file goes. @param problem null: none */
    @Transactional(TxType.REQUIRES_NEW) // called by a thread without one
    public void end(Taken taken, ImportState state, ImportProblem problem) {
        int ours = sql.update("""
                update member_import set state = ?, problem = ?, node = null, incarnation = null, ended_at = ?,
                  read_bytes = case when ? = 'DONE' then file_bytes else read_bytes end where id = ? and epoch = ?""", state, problem, clock.instant(), state, taken.id, taken.epoch);
        if (ours == 1) {
            sql.update("delete from member_import_part where import_id = ?", taken.id);
        }
    }

    /** Another may go on with it. */
    @Transactional(TxType.REQUIRES_NEW) // called by a thread without one
    public void giveBack(Taken taken) {
        sql.update(
                "update member_import set state = 'WAITING', node = null, incarnation = null where id = ? and epoch = ?",
                taken.id,
                taken.epoch);
    }

    /** @return empty: there are no more */
    @Transactional(TxType.REQUIRES_NEW) // called by a thread without one
    public Optional<byte[]> part(long importId, int number) {
        return sql.first(
                "select octets from member_import_part where import_id = ? and part_no = ?",
                row -> row.getBytes(1),
                importId,
                number);
    }

    /**
     * Removes those whose time is over.
     *
     * @param most how many at the most
     * @return how many were removed
     */
    @Transactional(TxType.REQUIRES_NEW) // a step of the clean-up
    public int forget(int most) {
        return sql.update(
                "delete from member_import where id in (select id from member_import where ended_at < ? order by ended_at fetch first "
                        + most + " rows only)",
                clock.instant().minus(KEPT));
    }

    Optional<ImportView> find(long listId, long importId) {
        return sql.first(
                "select * from member_import where id = ? and list_id = ?",
                row -> view(row, errors(importId)),
                importId,
                listId);
    }

    List<ImportView> latest(long listId, int most) {
        return sql.list(
                "select * from member_import where list_id = ? order by id desc fetch first " + most + " rows only",
                row -> view(row, List.of()),
                listId);
    }

    private List<RowError> errors(long importId) {
        return sql.list(
                "select line_no, value_text, reason from member_import_error where import_id = ? order by error_no",
                row -> new RowError(row.getLong(1), row.getString(2), row.getString(3)),
                importId);
    }

    private static ImportView view(ResultSet row, List<RowError> errors) throws SQLException {
        String problem = row.getString("problem");
        return new ImportView(
                row.getLong("id"),
                row.getString("actor"),
                row.getString("file_name"),
                row.getLong("file_bytes"),
                ImportState.valueOf(row.getString("state")),
                problem == null ? null : ImportProblem.valueOf(problem),
                row.getLong("read_rows"),
                row.getLong("read_bytes"),
                report(row, errors),
                Sql.instant(row, "begun_at"),
                Sql.instant(row, "started_at"),
                Sql.instant(row, "ended_at"));
    }

    private static ImportReport report(ResultSet row, List<RowError> errors) throws SQLException {
        return new ImportReport(
                row.getLong("added"), row.getLong("updated"), row.getLong("skipped"), row.getLong("failed"), errors);
    }
}
