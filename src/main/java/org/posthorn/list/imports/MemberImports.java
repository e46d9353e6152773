package org.posthorn.list.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.Ids;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Acting;
import org.posthorn.platform.actor.Actor;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** Begins imports and says how far they are. */
@ApplicationScoped
public class MemberImports {

    static final int PART_BYTES = 262_144;
    private static final int LONGEST_NAME = 255;

    private static final String UNDER_WAY =
            "select id from member_import where list_id = ? and state in ('WAITING', 'RUNNING') and id <> ? order by id fetch first 1 rows only";

    private final Sql sql;
    private final Ids ids;
    private final ImportRows rows;
    private final Clock clock;

    protected MemberImports() {
        this(null, null, null, null);
    }

    @Inject
    public MemberImports(Sql sql, Ids ids, ImportRows rows, Clock clock) {
        this.sql = sql;
        this.ids = ids;
        this.rows = rows;
        this.clock = clock;
    }

    /**
     * Takes the file. A node begins with it a moment later, and runs it as who calls this.
     *
     * @param fileName as its owner calls it
     * @param csv is read to its end but not closed
     * @return the import's id
     * @throws ImportUnderWayException when there is one for this list already
     * @throws UnknownException when there is no such list
     */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public long begin(@OfList long listId, String fileName, InputStream csv, boolean welcome) {
        refuseAnother(listId, 0);
        Actor actor = Acting.current();
        long id = ids.next();
        sql.update(
                """
                insert into member_import (id, list_id, actor, actor_id, file_name, file_bytes, welcome, state, epoch, attempts,
                  read_bytes, read_rows, added, updated, skipped, failed, begun_at)
                values (?, ?, ?, ?, ?, 0, ?, 'WAITING', 0, 0, 0, 0, 0, 0, 0, 0, ?)""",
                id,
                listId,
                actor.name(),
                actor.subscriber(),
                Text.line(fileName == null ? "" : fileName, LONGEST_NAME),
                welcome,
                clock.instant());
        sql.update("update member_import set file_bytes = ? where id = ?", keep(id, csv), id);
        // Only now, and not for as long as the file took: the list's row is what its posts are counted in.
        sql.first("select id from mailing_list where id = ? for update", row -> row.getLong(1), listId)
                .orElseThrow(() -> new UnknownException("list", listId));
        refuseAnother(listId, id);
        return id;
    }

    private void refuseAnother(long listId, long own) {
        sql.first(UNDER_WAY, row -> row.getLong(1), listId, own).ifPresent(other -> {
            throw new ImportUnderWayException(other);
        });
    }

    private long keep(long id, InputStream csv) {
        long bytes = 0;
        try {
            int part = 0;
            for (byte[] octets = csv.readNBytes(PART_BYTES); octets.length > 0; octets = csv.readNBytes(PART_BYTES)) {
                sql.update(
                        "insert into member_import_part (import_id, part_no, octets) values (?, ?, ?)",
                        id,
                        part++,
                        octets);
                bytes += octets.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** @return empty: the list has no such import (any more) */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public Optional<ImportView> find(@OfList long listId, long importId) {
        return rows.find(listId, importId);
    }

    /** @return the latest first, without their errors */
    @Transactional
    @Needs(Right.CHANGE_MEMBERS)
    public List<ImportView> latest(@OfList long listId, int most) {
        return rows.latest(listId, most);
    }
}
