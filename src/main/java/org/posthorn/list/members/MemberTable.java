package org.posthorn.list.members;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.posthorn.list.Action;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DeliveryStatus;
import org.posthorn.list.Role;
import org.posthorn.list.Topic;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * Reads a roster in pages of bounded size, whatever the roster's. Pages go by the members' ids, the latest first, so that
 * the last page costs what the first does and nothing moves while somebody reads.
 *
 * <p>Which ids are on a page comes from one or several {@link MemberScan}s, each led by an index; what they give is merged
 * here, and a second statement reads the rows. A small roster is gone through as a whole. On a large one a broad search
 * looks at a bounded number of candidates, which may be anybody's on the site, and the count says when there were more.
 */
@ApplicationScoped
public class MemberTable {

    /** A page has no more rows. */
    public static final int LARGEST_PAGE = 200;

    /** Whoever is narrowed down is counted no further. */
    public static final int COUNTED = 5_000;

    private static final String ROWS = """
            select m.id, m.role, a.original_email, coalesce(m.display_name, a.display_name, s.display_name, '') as name,
              coalesce(m.delivery_status, a.delivery_status, s.delivery_status, 'ENABLED') as status,
              coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR') as mode,
              m.moderation_action, m.joined_at, m.display_name as own_name, m.delivery_status as own_status,
              m.delivery_mode as own_mode, m.topics, m.receive_untagged, m.version
            from member m
            join address a on a.id = m.address_id
            left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
            where m.id in (%s) and m.list_id = ?
            order by m.id desc
            """;

    private final Sql sql;
    private final Dialect dialect;

    protected MemberTable() {
        this(null, null);
    }

    @Inject
    public MemberTable(Sql sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    /**
     * @param before only those with smaller ids, who joined earlier; {@link Long#MAX_VALUE}: from the latest
     * @param count from 1 to {@link #LARGEST_PAGE}
     */
    @Transactional
    @Needs(Right.SEE_MEMBERS)
    public MemberSlice page(@OfList long listId, MemberFilter filter, long before, int count) {
        List<Long> ids = ids(scans(listId, filter), before, count + 1);
        boolean more = ids.size() > count;
        return new MemberSlice(rows(listId, more ? ids.subList(0, count) : ids), more);
    }

    /** Exact for a role without more conditions; else up to {@link #COUNTED}. */
    @Transactional
    @Needs(Right.SEE_MEMBERS)
    public MemberCount count(@OfList long listId, MemberFilter filter) {
        if (filter.isOpen()) {
            return new MemberCount(
                    sql.first(
                                    "select count(*) from member where list_id = ? and role = ?",
                                    row -> row.getLong(1),
                                    listId,
                                    filter.role())
                            .orElseThrow(),
                    true,
                    true);
        }
        int most = COUNTED + 1;
        List<MemberScan> scans = scans(listId, filter);
        long number = scans.size() == 1
                ? counted(scans.get(0).statement(Long.MAX_VALUE, most))
                : ids(scans, Long.MAX_VALUE, most).size();
        boolean complete = number > COUNTED || scans.stream().allMatch(this::sawAll);
        return new MemberCount(Math.min(number, COUNTED), complete && number <= COUNTED, complete);
    }

    private boolean sawAll(MemberScan scan) {
        return scan.candidates() == null
                || counted(scan.candidates().statement()) <= scan.candidates().most();
    }

    private List<MemberScan> scans(long listId, MemberFilter filter) {
        long members = filter.isOpen()
                ? Long.MAX_VALUE
                : counted(new MemberScan.Statement(
                        "select id from member where list_id = ? and role = ? fetch first "
                                + (MemberScan.SMALL_ROSTER + 1) + " rows only",
                        List.of(listId, filter.role())));
        return members <= MemberScan.SMALL_ROSTER
                ? List.of(MemberScan.ofSmallRoster(listId, filter, dialect))
                : MemberScan.of(listId, filter, dialect);
    }

    private long counted(MemberScan.Statement statement) {
        return sql.first(
                        "select count(*) from (" + statement.text() + ") counted",
                        row -> row.getLong(1),
                        statement.parameters().toArray())
                .orElseThrow();
    }

    /** @return empty: no such member on this list */
    @Transactional
    @Needs(Right.SEE_MEMBERS)
    public Optional<MemberRow> find(@OfList long listId, long memberId) {
        return rows(listId, List.of(memberId)).stream().findFirst();
    }

    /**
     * A membership that has another id since it was seen: its role was changed.
     *
     * @param email and joinedAt as they were seen, which a change of the role keeps
     */
    @Transactional
    @Needs(Right.SEE_MEMBERS)
    public Optional<MemberRow> findAgain(@OfList long listId, String email, Instant joinedAt) {
        List<Long> ids = sql.list("""
                select m.id from member m join address a on a.id = m.address_id
                where a.email = ? and m.list_id = ? and m.joined_at = ? fetch first 1 row only""", row -> row.getLong(1), email.toLowerCase(Locale.ROOT), listId, joinedAt);
        return rows(listId, ids).stream().findFirst();
    }

    /** @return the names of the topics that members of the list can choose; none where it does not go by topics */
    @Transactional
    @Needs(Right.SEE_MEMBERS)
    public List<String> topics(@OfList long listId) {
        return sql
                .first(
                        "select topics from mailing_list where id = ? and topics_enabled",
                        row -> row.getString("topics"),
                        listId)
                .stream()
                .flatMap(String::lines)
                .flatMap(line -> Topic.parse(line).stream())
                .map(Topic::name)
                .toList();
    }

    private List<Long> ids(List<MemberScan> scans, long before, int count) {
        TreeSet<Long> merged = new TreeSet<>(Comparator.reverseOrder());
        for (MemberScan scan : scans) {
            MemberScan.Statement statement = scan.statement(before, count);
            merged.addAll(sql.list(
                    statement.text(),
                    row -> row.getLong(1),
                    statement.parameters().toArray()));
        }
        return merged.stream().limit(count).toList();
    }

    private List<MemberRow> rows(long listId, List<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object> parameters = new ArrayList<>(ids);
        parameters.add(listId);
        return sql.list(
                ROWS.formatted(String.join(", ", Collections.nCopies(ids.size(), "?"))),
                MemberTable::row,
                parameters.toArray());
    }

    private static MemberRow row(ResultSet row) throws SQLException {
        return new MemberRow(
                row.getLong("id"),
                Role.valueOf(row.getString("role")),
                row.getString("original_email"),
                row.getString("name"),
                DeliveryStatus.valueOf(row.getString("status")),
                DeliveryMode.valueOf(row.getString("mode")),
                constant(Action.class, row.getString("moderation_action")),
                Sql.instant(row, "joined_at"),
                row.getString("own_name"),
                constant(DeliveryStatus.class, row.getString("own_status")),
                constant(DeliveryMode.class, row.getString("own_mode")),
                Topic.names(row.getString("topics")),
                row.getBoolean("receive_untagged"),
                row.getLong("version"));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) {
        return name == null ? null : Enum.valueOf(type, name);
    }
}
