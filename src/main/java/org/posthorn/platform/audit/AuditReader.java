package org.posthorn.platform.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Via;

/** Reads the audit log, the latest first. */
@ApplicationScoped
public class AuditReader {

    private static final int MOST_FIELDS = 1000;

    private final Sql sql;

    protected AuditReader() {
        this(null);
    }

    @Inject
    public AuditReader(Sql sql) {
        this.sql = sql;
    }

    /**
     * @param before the last entry's id of the page before; null: from the latest on. When that entry is gone (its time was
     *     over), so is what was older, and the page is empty
     * @param most how many at the most
     */
    @Transactional
    @Needs(Right.SEE_SITE)
    public List<AuditEntry> page(AuditFilter filter, Long before, int most) {
        return read(filter, before, most);
    }

    /** As {@link #page}, what concerns one list, for its owners. */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public List<AuditEntry> pageOfList(@OfList long listId, AuditFilter filter, Long before, int most) {
        return read(
                new AuditFilter(
                        listId,
                        null,
                        filter.actor(),
                        filter.action(),
                        filter.kind(),
                        filter.subject(),
                        filter.field(),
                        filter.since(),
                        filter.until()),
                before,
                most);
    }

    /** @return for each setting of the list that was ever changed (and is still in the log), its last change */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public Map<String, AuditEntry> lastChanges(@OfList long listId) {
        Map<String, AuditEntry> last = new LinkedHashMap<>();
        sql.forEach("""
                select * from (
                    select a.*, row_number() over (partition by a.field order by a.at desc, a.id desc) as place
                    from audit_entry a where a.list_id = ? and a.subject_kind = 'list' and a.field is not null) ranked
                where place = 1 order by field fetch first\s""" + MOST_FIELDS + " rows only", row -> last.put(row.getString("field"), entry(row)), listId);
        return last;
    }

    private List<AuditEntry> read(AuditFilter filter, Long before, int most) {
        List<String> conditions = new ArrayList<>(filter.conditions());
        List<Object> parameters = new ArrayList<>(filter.parameters());
        if (before != null) {
            Optional<Instant> at =
                    sql.first("select at from audit_entry where id = ?", row -> Sql.instant(row, "at"), before);
            if (at.isEmpty()) {
                return List.of();
            }
            conditions.add("(at < ? or at = ? and id < ?)");
            parameters.addAll(List.of(at.get(), at.get(), before));
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return sql.list(
                "select * from audit_entry" + where + " order by at desc, id desc fetch first " + most + " rows only",
                AuditReader::entry,
                parameters.toArray());
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Sql.instant(row, "at"),
                row.getString("actor"),
                Via.valueOf(row.getString("via")),
                row.getString("action"),
                new AuditSubject(
                        row.getString("subject_kind"),
                        row.getString("subject_name"),
                        Sql.longOrNull(row, "list_id"),
                        row.getString("list_name")),
                Optional.ofNullable(row.getString("field")),
                Optional.ofNullable(row.getString("old_value")),
                Optional.ofNullable(row.getString("new_value")),
                Optional.ofNullable(row.getString("details")));
    }
}
