package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** The lists as people look for them: a page of rows by one statement each for rows and count, whatever the number of lists. */
@ApplicationScoped
public class ListDirectory {

    private static final int LONGEST_QUERY = 200;

    private final Sql sql;

    protected ListDirectory() {
        this(null);
    }

    @Inject
    public ListDirectory(Sql sql) {
        this.sql = sql;
    }

    /**
     * What is looked for.
     *
     * @param text in name, address or description; empty: any
     * @param mailHost the domain; empty: any
     */
    public record Wanted(String text, String mailHost) {

        public Wanted {
            String asked = text == null ? "" : text.strip();
            text = asked.length() > LONGEST_QUERY ? asked.substring(0, LONGEST_QUERY) : asked;
            mailHost = mailHost == null ? "" : mailHost.strip();
        }
    }

    /**
     * One list.
     *
     * @param lastPostAt null: nothing has been posted
     * @param members those who get its mail; 0 where only what is advertised is asked for
     * @param held posts that wait for a moderator; 0 as well
     */
    public record Row(
            long id,
            String listId,
            String listName,
            String mailHost,
            String displayName,
            String description,
            boolean advertised,
            Instant lastPostAt,
            long members,
            long held) {

        private Row with(long members, long held) {
            return new Row(
                    id, listId, listName, mailHost, displayName, description, advertised, lastPostAt, members, held);
        }

        public String address() {
            return listName + "@" + mailHost;
        }
    }

    /** @return the lists that everybody may see, in the order of their list-ids; without the numbers of what is in them */
    public Page<Row> advertised(Wanted wanted, Paging paging) {
        return page(wanted, true, paging);
    }

    /** @return the lists in the order of their list-ids, advertised or not */
    @Needs(Right.SEE_SITE)
    public Page<Row> all(Wanted wanted, Paging paging) {
        return page(wanted, false, paging);
    }

    private Page<Row> page(Wanted wanted, boolean advertisedOnly, Paging paging) {
        List<Object> parameters = new ArrayList<>();
        String where = where(wanted, advertisedOnly, parameters);
        long total = sql.first(
                        "select count(*) from mailing_list l" + where, row -> row.getLong(1), parameters.toArray())
                .orElse(0L);
        parameters.add(paging.start());
        parameters.add(paging.count());
        List<Row> rows = sql.list("""
                        select l.id, l.list_id, l.list_name, l.display_name, l.description, l.advertised, c.last_post_at
                        from (select * from mailing_list l%s order by l.list_id offset ? rows fetch next ? rows only) l
                        left join list_counter c on c.list_id = l.id
                        order by l.list_id""".formatted(where), ListDirectory::read, parameters.toArray());
        return new Page<>(paging.start(), total, advertisedOnly ? rows : counted(rows));
    }

    /**
     * With the numbers. Asked for by the lists' own ids: in one statement with the page, PostgreSQL takes each list for as
     * large as the largest and reads the whole roster for each.
     */
    private List<Row> counted(List<Row> rows) {
        Map<Long, Long> members = counts("member", "and role = 'MEMBER'", rows);
        Map<Long, Long> held = counts("held_message", "", rows);
        return rows.stream()
                .map(row -> row.with(members.getOrDefault(row.id(), 0L), held.getOrDefault(row.id(), 0L)))
                .toList();
    }

    private Map<Long, Long> counts(String table, String condition, List<Row> rows) {
        Map<Long, Long> counts = new HashMap<>();
        if (!rows.isEmpty()) {
            sql.forEach(
                    "select list_id, count(*) from " + table + " where list_id in ("
                            + String.join(", ", Collections.nCopies(rows.size(), "?")) + ") " + condition
                            + " group by list_id",
                    row -> counts.put(row.getLong(1), row.getLong(2)),
                    rows.stream().map(Row::id).toArray());
        }
        return counts;
    }

    /** @return the numbers of lists by domain: each domain's mail host with how many lists it has, in order */
    @Needs(Right.SEE_SITE)
    public List<DomainRow> domains() {
        return sql.list("""
                        select d.mail_host, d.description, d.base_url, d.version,
                               (select count(*) from mailing_list l where l.domain_id = d.id) as lists
                        from domain d order by d.mail_host fetch first 1000 rows only""", ListDirectory::domain);
    }

    /** @param mailHost in any case; @return the domain of this name, none that has it as an alias */
    @Needs(Right.SEE_SITE)
    public Optional<DomainRow> domain(String mailHost) {
        return Keys.ofName(mailHost).flatMap(host -> sql.first("""
                        select d.mail_host, d.description, d.base_url, d.version,
                               (select count(*) from mailing_list l where l.domain_id = d.id) as lists
                        from domain d where d.mail_host = ?""", ListDirectory::domain, host));
    }

    private static DomainRow domain(ResultSet row) throws SQLException {
        return new DomainRow(
                row.getString("mail_host"),
                row.getString("description"),
                row.getString("base_url"),
                row.getLong("lists"),
                row.getLong("version"));
    }

    /**
     * A domain.
     *
     * @param description may be null
     * @param baseUrl may be null: the site's
     * @param version as {@link Domains#change} takes it
     */
    public record DomainRow(String mailHost, String description, String baseUrl, long lists, long version) {}

    /** @return how many members, owners, moderators and nonmembers a list has */
    @Needs(Right.SEE_MEMBERS)
    public long people(@OfList long listId) {
        return sql.first("select count(*) from member where list_id = ?", row -> row.getLong(1), listId)
                .orElse(0L);
    }

    private static String where(Wanted wanted, boolean advertisedOnly, List<Object> parameters) {
        List<String> conditions = new ArrayList<>();
        if (advertisedOnly) {
            conditions.add("l.advertised = true");
        }
        if (!wanted.text().isEmpty()) {
            conditions.add(
                    "(l.list_id like ? escape '\\' or lower(l.display_name) like ? escape '\\' or lower(l.description) like ? escape '\\' or l.list_id = ?)");
            String like = Like.containing(wanted.text());
            parameters.addAll(
                    List.of(like, like, like, Like.plain(wanted.text()).replaceFirst("@", ".")));
        }
        if (!wanted.mailHost().isEmpty()) {
            conditions.add("l.domain_id in (select d.id from domain d where d.mail_host = ?)");
            parameters.add(Like.plain(wanted.mailHost()));
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static Row read(ResultSet row) throws SQLException {
        String listId = row.getString("list_id");
        String name = row.getString("list_name");
        return new Row(
                row.getLong("id"),
                listId,
                name,
                listId.substring(name.length() + 1),
                row.getString("display_name"),
                row.getString("description"),
                row.getBoolean("advertised"),
                Sql.instant(row, "last_post_at"),
                0,
                0);
    }
}
