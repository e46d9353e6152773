package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.platform.Digests;
import org.posthorn.platform.Sql;
import org.posthorn.platform.Text;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;

/** Finds people for administrators, with their addresses and roles; {@link Users} and {@link UserAddresses} change them. */
@ApplicationScoped
public class People {

    private static final int MOST = 200;

    /** Nobody is counted beyond. */
    static final int COUNTED = 5_000;

    private final Sql sql;

    protected People() {
        this(null);
    }

    @Inject
    public People(Sql sql) {
        this.sql = sql;
    }

    /**
     * A person.
     *
     * @param name what they are called; may be empty
     * @param login a name to sign in with that is no address; may be empty
     * @param email the preferred address, else the first; may be empty
     * @param passwordMark changes with the password; empty when there is none
     * @param version as {@link Users#change} takes it
     */
    public record Person(
            long id,
            String name,
            String login,
            String email,
            long addresses,
            boolean serverOwner,
            String passwordMark,
            Instant since,
            long version) {

        public boolean hasPassword() {
            return !passwordMark.isEmpty();
        }
    }

    /** @param verifiedAt null: not verified */
    public record Known(String email, boolean preferred, Instant verifiedAt) {}

    /** A role on a list. @param rowId of the list */
    public record Held(long memberId, long rowId, String listId, Role role, String email) {}

    /**
     * Some of those who were looked for, by their ids.
     *
     * @param more whether there are others with larger ids
     * @param number how many there are in all
     * @param exact false: at least so many; nobody counted on
     */
    public record Found(List<Person> rows, boolean more, long number, boolean exact) {
        public Found {
            rows = List.copyOf(rows);
        }
    }

    /**
     * Reads and counts a bounded number of rows, however many people there are.
     *
     * @param term how an address, its domain (after an @), a name or a later word of a name begins, in any case; or a
     *     whole login name; empty: anyone
     * @param after only those with larger ids; 0: from the first
     * @param most how many at the most, up to 200
     */
    @Needs(Right.SEE_SITE)
    public Found find(String term, long after, int most) {
        String key = Text.line(term, 320).strip().toLowerCase(Locale.ROOT);
        return key.isEmpty() ? anyone(after, most) : searched(key, after, most);
    }

    private Found anyone(long after, int most) {
        List<Long> ids = sql.list(
                "select id from subscriber where id > ? order by id fetch first ? rows only",
                row -> row.getLong(1),
                after,
                most + 1);
        long number = sql.first(
                        "select count(*) from (select 1 from subscriber fetch first ? rows only) counted",
                        row -> row.getLong(1),
                        COUNTED + 1)
                .orElse(0L);
        return found(ids, most, number, number <= COUNTED);
    }

    private Found searched(String key, long after, int most) {
        Set<Long> candidates = new TreeSet<>();
        boolean exact = true;
        for (PersonScan scan : PersonScan.of(key)) {
            List<Long> some = sql.list(
                    scan.statement(), row -> row.getLong(1), scan.parameters().toArray());
            exact &= some.size() < PersonScan.CANDIDATES;
            candidates.addAll(some);
        }
        List<Long> ids =
                candidates.stream().filter(id -> id > after).limit(most + 1L).toList();
        return found(ids, most, candidates.size(), exact);
    }

    private Found found(List<Long> ids, int most, long number, boolean exact) {
        boolean more = ids.size() > most;
        return new Found(
                rows(more ? ids.subList(0, most) : ids), more, exact ? number : Math.min(number, COUNTED), exact);
    }

    private List<Person> rows(List<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.list(
                        PERSON + "where s.id in (" + String.join(", ", Collections.nCopies(ids.size(), "?"))
                                + ") order by s.id",
                        People::person,
                        ids.toArray());
    }

    @Needs(Right.SEE_SITE)
    public Optional<Person> byId(long id) {
        return sql.first(PERSON + "where s.id = ?", People::person, id);
    }

    /** @return 200 at the most */
    @Needs(Right.SEE_SITE)
    public List<Known> addresses(long personId) {
        return sql.list(
                """
                select a.original_email, a.verified_at, case when s.preferred_address_id = a.id then 1 else 0 end as preferred
                from address a join subscriber s on s.id = a.subscriber_id where a.subscriber_id = ? order by a.email
                fetch first %d rows only""".formatted(MOST),
                row -> new Known(
                        row.getString("original_email"), row.getInt("preferred") == 1, Sql.instant(row, "verified_at")),
                personId);
    }

    /** @return what they are on which lists, by any of their addresses; 200 at the most, owners and moderators first */
    @Needs(Right.SEE_SITE)
    public List<Held> roles(long personId) {
        return sql.list(
                """
                select m.id, m.list_id, l.list_id as name, m.role, a.original_email
                from member m join address a on a.id = m.address_id join mailing_list l on l.id = m.list_id
                where a.subscriber_id = ? or m.subscriber_id = ?
                order by case m.role when 'OWNER' then 0 when 'MODERATOR' then 1 when 'MEMBER' then 2 else 3 end, l.list_id, m.id
                fetch first %d rows only""".formatted(MOST),
                row -> new Held(
                        row.getLong("id"),
                        row.getLong("list_id"),
                        row.getString("name"),
                        Role.valueOf(row.getString("role")),
                        row.getString("original_email")),
                personId,
                personId);
    }

    /** @return the mail hosts of the domains that are theirs */
    @Needs(Right.SEE_SITE)
    public List<String> domains(long personId) {
        return sql.list(
                "select d.mail_host from domain_owner o join domain d on d.id = o.domain_id where o.subscriber_id = ? order by d.mail_host fetch first "
                        + MOST + " rows only",
                row -> row.getString(1),
                personId);
    }

    /** @return who owns the domain, by age; 200 at the most */
    @Needs(Right.SEE_SITE)
    public List<Person> ownersOf(long domainId) {
        return sql.list(
                PERSON + "where s.id in (select o.subscriber_id from domain_owner o where o.domain_id = ?)"
                        + " order by s.id fetch first " + MOST + " rows only",
                People::person,
                domainId);
    }

    private static final String PERSON = """
            select s.id, s.display_name, s.login_name, s.server_owner, s.password_hash, s.created_at, s.version,
                   coalesce((select p.original_email from address p where p.id = s.preferred_address_id),
                            (select min(a.original_email) from address a where a.subscriber_id = s.id)) as email,
                   (select count(*) from address a where a.subscriber_id = s.id) as addresses
            from subscriber s
            """;

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getLong("id"),
                orEmpty(row.getString("display_name")),
                orEmpty(row.getString("login_name")),
                orEmpty(row.getString("email")),
                row.getLong("addresses"),
                row.getBoolean("server_owner"),
                Digests.mark(row.getString("password_hash")),
                Sql.instant(row, "created_at"),
                row.getLong("version"));
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
