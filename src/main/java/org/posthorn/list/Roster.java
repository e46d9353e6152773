package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.posthorn.platform.Dialect;
import org.posthorn.platform.Sql;

/**
 * Who receives a list's posts, and what an address is to a list. Plain SQL: recipients come by keyset, a bounded number
 * at a time, with the inherited preferences worked out in the statement ({@link Preferences} has the same rule for one
 * member); roles are looked up by unique keys.
 */
@ApplicationScoped
public class Roster {

    /** The members come first, a page of them along their index, and whether they get the post is asked of these alone. */
    private static final String RECIPIENTS = """
            select m.id, a.original_email, a.email,
              (%scoalesce(m.delivery_status, a.delivery_status, s.delivery_status, 'ENABLED') = 'ENABLED'
            %s) as gets
            from (select * from member where list_id = ? and role = 'MEMBER' and id > ?
              order by list_id, role, id fetch first ? rows only) m
            %s
            %s
            order by m.id
            """;

    private static final String EACH_POST =
            "coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR') = 'REGULAR' and ";

    static final String BUT_SENDER = """
              and (coalesce(m.receive_own_postings, a.receive_own_postings, s.receive_own_postings, true)
                or (a.email <> ? and (a.subscriber_id is null
                  or a.subscriber_id <> coalesce((select x.subscriber_id from address x where x.email = ?), 0))))
            """;

    static final String BUT_ADDRESSED = """
              and (coalesce(m.receive_list_copy, a.receive_list_copy, s.receive_list_copy, true)
                or a.email not in (%s))
            """;

    /** By the address alone, which is on few lists: with the list or the role by an index H2 would read a whole roster. */
    private static final String BUT_MEMBERS_OF = """
              and not exists (select 1 from member e
                where e.address_id = m.address_id and e.list_id + 0 in (%s) and e.role || '' = 'MEMBER')
            """;

    private static final String BUT_READERS_OF = """
              and not exists (select 1 from member e join address z on z.id = e.address_id
                left join subscriber y on y.id = coalesce(e.subscriber_id, z.subscriber_id)
                where e.address_id = m.address_id and e.list_id + 0 in (%s) and e.role || '' = 'MEMBER'
                  and e.topics = ''
                  and coalesce(e.delivery_status, z.delivery_status, y.delivery_status, 'ENABLED') = 'ENABLED'
                  and (coalesce(e.delivery_mode, z.delivery_mode, y.delivery_mode, 'REGULAR') = 'REGULAR' or not exists (
                    select 1 from mailing_list d where d.id = e.list_id and d.digests_enabled and d.posting_pipeline <> 'virgin')))
            """;

    /** The choice stands on the member's own row: nothing else is read for it. */
    static final String BY_TOPICS = "  and (m.topics = ''%s)\n";

    private static final String ENABLED_OF_ROLE = """
              select m.id, a.original_email, a.email
              from member m
              join address a on a.id = m.address_id
              left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
              where m.list_id = ? and m.role = '%s'
                and coalesce(m.delivery_status, a.delivery_status, s.delivery_status, 'ENABLED') = 'ENABLED'
            """;

    /** A union, since for "role in" H2 would read all members. */
    private static final String OWNERS_AND_MODERATORS =
            """
            select min(r.id) as id, r.original_email, r.email
            from (
            %sunion all
            %s) r
            group by r.original_email, r.email
            having min(r.id) > ?
            order by 1
            fetch first ? rows only
            """.formatted(ENABLED_OF_ROLE.formatted("OWNER"), ENABLED_OF_ROLE.formatted("MODERATOR"));

    private static final String BY_ADDRESS = """
            select m.id, m.role, a.email, m.moderation_action, m.joined_at
            from address a
            join member m on m.address_id = a.id
            where a.email = ? and m.list_id = ? and m.role = ?
            """;

    /** The list and the role not by an index: H2 would read the whole roster instead of one person's memberships. */
    private static final String BY_PERSON = """
            select m.id, m.role, a.email, m.moderation_action, m.joined_at
            from address a
            join member m on m.address_id = a.id
            where a.subscriber_id = ? and m.list_id + 0 = ? and m.role || '' = ?
            order by m.id
            fetch first 1 row only
            """;

    private static final String DIGESTS = "in ('PLAINTEXT_DIGESTS', 'MIME_DIGESTS', 'SUMMARY_DIGESTS')";

    /** Wishes of addresses and people are of this list or of others: to tell would take more than a post is worth. */
    private static final String MAY_READ_DIGESTS = """
            select case when exists (select 1 from member where list_id = ? and role = 'MEMBER' and delivery_mode %1$s)
              or exists (select 1 from address where delivery_mode %1$s)
              or exists (select 1 from subscriber where delivery_mode %1$s) then 1 else 0 end
            """.formatted(DIGESTS);

    /**
     * Whoever may have this wish is found by it, and then asked: most members of most lists do not have it. Of each way to
     * have it a page alone is read: the first so many of them all are among these.
     */
    private static final String DIGEST_READERS =
            """
            select m.id, a.original_email, a.email,
              (m.role = 'MEMBER'
                and coalesce(m.delivery_status, a.delivery_status, s.delivery_status, 'ENABLED') = 'ENABLED'
                and (coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR') = ?
                    and not exists (select 1 from last_digest l where l.member_id = m.id and l.digest_id = ?)
                  or exists (select 1 from last_digest l
                    where l.member_id = m.id and l.digest_id = ? and l.delivery_mode = ?))) as gets
            from (
              select u.id from (
                %s
                union %s
                union %s
                union %s
                union %s
              ) u order by u.id fetch first ? rows only
            ) f
            join member m on m.id = f.id
            join address a on a.id = m.address_id
            left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
            order by m.id
            """.formatted(pageOf("""
                            select w.id from member w
                              where w.list_id = ? and w.role = 'MEMBER' and w.delivery_mode = ? and w.id > ?"""), pageOf("""
                            select w.id from address x join member w on w.address_id = x.id
                              where w.list_id + 0 = ? and x.delivery_mode = ? and w.delivery_mode is null and w.id > ?"""), pageOf("""
                            select w.id from subscriber x join member w on w.subscriber_id = x.id
                              where w.list_id + 0 = ? and x.delivery_mode = ? and w.delivery_mode is null and w.id > ?"""), pageOf("""
                            select w.id from subscriber x join address y on y.subscriber_id = x.id join member w on w.address_id = y.id
                              where w.list_id + 0 = ? and x.delivery_mode = ? and w.delivery_mode is null and w.id > ?"""), pageOf("""
                            select l.member_id as id from last_digest l
                              where l.list_id = ? and l.digest_id = ? and l.delivery_mode = ? and l.member_id > ?"""));

    private static String pageOf(String ids) {
        return "select p.id from (" + ids + " order by id fetch first ? rows only) p";
    }

    /** By the member: asked for by the address, H2 would read the whole roster. */
    private static final String WISHES = """
            select coalesce(m.acknowledge_posts, a.acknowledge_posts, s.acknowledge_posts, false) as acknowledges,
              coalesce(m.preferred_language, a.preferred_language, s.preferred_language) as language
            from member m
            join address a on a.id = m.address_id
            left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
            where m.id = ?
            """;

    private static final String NAMED = """
            select m.id, coalesce(m.display_name, a.display_name, s.display_name, '') as name,
              coalesce(m.preferred_language, a.preferred_language, s.preferred_language, l.preferred_language) as language
            from member m
            join mailing_list l on l.id = m.list_id
            join address a on a.id = m.address_id
            left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
            where m.id in (%s)
            """;

    private Sql sql;
    private Dialect dialect;

    protected Roster() {}

    @Inject
    public Roster(Sql sql, Dialect dialect) {
        this.sql = sql;
        this.dialect = dialect;
    }

    /**
     * The members who get each post by itself and have not stopped delivery.
     *
     * @param afterMemberId the last recipient that was read, 0 at first
     * @param limit how many at the most, from 1
     * @return in order of their ids; fewer than the limit (or none): there are no more
     */
    public List<Recipient> recipients(long listId, long afterMemberId, int limit, NoCopy noCopy) {
        return recipients(listId, afterMemberId, limit, noCopy, PostTopics.notAsked(), false);
    }

    /**
     * The same, without those who have chosen topics that the post is not about.
     *
     * @param eachPost whether those who wish digests get it by itself, too
     */
    public List<Recipient> recipients(
            long listId, long afterMemberId, int limit, NoCopy noCopy, PostTopics topics, boolean eachPost) {
        Question question = question(listId, noCopy, topics, eachPost, CountElsewhere.NOBODY);
        List<Recipient> found = new ArrayList<>();
        RosterPage page = new RosterPage(List.of(), afterMemberId, false);
        while (!page.last() && found.size() < limit) {
            page = page(question, page.readTo(), limit);
            found.addAll(page.recipients());
        }
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    /**
     * Asks so many members, and no more, whether they get the post. For who reads several rosters at once.
     *
     * @param afterMemberId the last member who was asked, 0 at first
     */
    public RosterPage page(
            long listId,
            long afterMemberId,
            int members,
            NoCopy noCopy,
            PostTopics topics,
            boolean eachPost,
            CountElsewhere elsewhere) {
        return page(question(listId, noCopy, topics, eachPost, elsewhere), afterMemberId, members);
    }

    /** Which of a list's members get a post: the statement, and its parameters but for the page's. */
    private record Question(String statement, List<Object> parameters) {}

    private Question question(
            long listId, NoCopy noCopy, PostTopics topics, boolean eachPost, CountElsewhere elsewhere) {
        StringBuilder conditions = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        if (!noCopy.senderKey().isEmpty()) {
            conditions.append(BUT_SENDER);
            parameters.add(noCopy.senderKey());
            parameters.add(noCopy.senderKey());
        }
        if (!noCopy.addressedKeys().isEmpty()) {
            conditions.append(
                    BUT_ADDRESSED.formatted(marks(noCopy.addressedKeys().size())));
            parameters.addAll(noCopy.addressedKeys());
        }
        if (topics.asked()) {
            conditions.append(BY_TOPICS.formatted(topicsHit(topics)));
            parameters.addAll(topics.keys());
        }
        conditions.append(butElsewhere(elsewhere));
        parameters.addAll(elsewhere.members());
        parameters.addAll(elsewhere.readers());
        String statement = RECIPIENTS.formatted(
                eachPost ? "" : EACH_POST,
                conditions,
                dialect.leadsTo("address", "a", "id", "m.address_id"),
                dialect.mayLeadTo("subscriber", "s", "id", "coalesce(m.subscriber_id, a.subscriber_id)"));
        parameters.add(listId);
        return new Question(statement, parameters);
    }

    private RosterPage page(Question question, long afterMemberId, int members) {
        List<Object> parameters = new ArrayList<>(question.parameters);
        parameters.add(afterMemberId);
        parameters.add(members);
        return page(question.statement, parameters, afterMemberId, members);
    }

    private RosterPage page(String statement, List<Object> parameters, long afterMemberId, int members) {
        List<Asked> asked =
                sql.list(statement, row -> new Asked(recipient(row), row.getBoolean("gets")), parameters.toArray());
        return new RosterPage(
                asked.stream().filter(Asked::gets).map(Asked::member).toList(),
                asked.isEmpty()
                        ? afterMemberId
                        : asked.get(asked.size() - 1).member().memberId(),
                asked.size() < members);
    }

    /** A condition with a parameter for each list, the members' first; empty where nobody counts elsewhere. */
    static String butElsewhere(CountElsewhere elsewhere) {
        return (elsewhere.members().isEmpty()
                        ? ""
                        : BUT_MEMBERS_OF.formatted(marks(elsewhere.members().size())))
                + (elsewhere.readers().isEmpty()
                        ? ""
                        : BUT_READERS_OF.formatted(marks(elsewhere.readers().size())));
    }

    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** The rest of {@link #BY_TOPICS}, with a parameter for each key. */
    static String topicsHit(PostTopics topics) {
        return topics.keys().isEmpty()
                ? " or m.receive_untagged"
                : " or position(? in m.topics) > 0".repeat(topics.keys().size());
    }

    private record Asked(Recipient member, boolean gets) {}

    /** Whether posts are worth collecting: somebody on the list reads digests, or may. */
    public boolean mayReadDigests(long listId) {
        return sql.first(MAY_READ_DIGESTS, row -> row.getInt(1) == 1, listId).orElse(false);
    }

    /**
     * The members who get this kind of a digest and have not stopped delivery: by their present wish, or by the one they had
     * when it was made or when they gave up digests, see {@link LastDigests}.
     *
     * @param mode a kind of digests
     * @param digestId which digest it is
     * @param afterMemberId the last recipient that was read, 0 at first
     * @param limit how many at the most, from 1
     * @return in order of their ids; fewer than the limit: there are no more
     */
    public List<Recipient> digestReaders(long listId, DeliveryMode mode, long digestId, long afterMemberId, int limit) {
        List<Recipient> found = new ArrayList<>();
        RosterPage page = new RosterPage(List.of(), afterMemberId, false);
        while (!page.last() && found.size() < limit) {
            page = mayRead(listId, mode, digestId, page.readTo(), limit);
            found.addAll(page.recipients());
        }
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    private RosterPage mayRead(long listId, DeliveryMode mode, long digestId, long afterMemberId, int members) {
        List<Object> parameters = new ArrayList<>(List.of(mode, digestId, digestId, mode));
        for (int way = 0; way < 4; way++) {
            parameters.addAll(List.of(listId, mode, afterMemberId, members));
        }
        parameters.addAll(List.of(listId, digestId, mode, afterMemberId, members, members));
        return page(DIGEST_READERS, parameters, afterMemberId, members);
    }

    /**
     * Owners and moderators who have not stopped delivery, each address once.
     *
     * @param afterMemberId the last recipient that was read, 0 at first
     * @param limit how many at the most, from 1
     */
    public List<Recipient> ownersAndModerators(long listId, long afterMemberId, int limit) {
        return sql.list(OWNERS_AND_MODERATORS, Roster::recipient, listId, listId, afterMemberId, limit);
    }

    /**
     * What members are called and which language they read, by their own wish or the list's.
     *
     * @param memberIds at most some hundreds
     * @return by member id; who has left since is missing
     */
    public Map<Long, Named> named(List<Long> memberIds) {
        Map<Long, Named> named = new HashMap<>();
        if (!memberIds.isEmpty()) {
            sql.forEach(
                    NAMED.formatted(marks(memberIds.size())),
                    row -> named.put(
                            row.getLong("id"),
                            new Named(
                                    row.getString("name"), Objects.requireNonNullElse(row.getString("language"), ""))),
                    memberIds.toArray());
        }
        return named;
    }

    /**
     * What a member is called.
     *
     * @param name may be empty
     * @param language a tag
     */
    public record Named(String name, String language) {}

    /**
     * What an address is to a list, by itself or by another address of the same person.
     *
     * @param key the address in lower case
     * @return empty: it does not have this role
     */
    public Optional<RosterEntry> find(long listId, Role role, String key) {
        Optional<RosterEntry> entry = sql.first(BY_ADDRESS, Roster::entry, key, listId, role);
        return entry.isPresent()
                ? entry
                : sql.first(
                                "select subscriber_id from address where email = ?",
                                row -> Sql.longOrNull(row, "subscriber_id"),
                                key)
                        .flatMap(person -> sql.first(BY_PERSON, Roster::entry, person, listId, role));
    }

    /** @return the language that the member of this address wishes, on this list or at large; empty without a wish or a member */
    public Optional<String> languageOf(long listId, String key) {
        return wishes(listId, key).map(Wishes::language);
    }

    /** @return whether the member of this address wishes a notice of each post that has gone out; false without such a member */
    public boolean acknowledges(long listId, String key) {
        return wishes(listId, key).map(Wishes::acknowledgePosts).orElse(false);
    }

    private record Wishes(boolean acknowledgePosts, String language) {}

    private Optional<Wishes> wishes(long listId, String key) {
        return find(listId, Role.MEMBER, key)
                .flatMap(entry -> sql.first(
                        WISHES,
                        row -> new Wishes(row.getBoolean("acknowledges"), row.getString("language")),
                        entry.memberId()));
    }

    /** How many have a role. */
    public long count(long listId, Role role) {
        return sql.first(
                        "select count(*) from member where list_id = ? and role = ?",
                        row -> row.getLong(1),
                        listId,
                        role)
                .orElseThrow();
    }

    private static Recipient recipient(ResultSet row) throws SQLException {
        return new Recipient(row.getLong("id"), row.getString("original_email"), row.getString("email"));
    }

    private static RosterEntry entry(ResultSet row) throws SQLException {
        String action = row.getString("moderation_action");
        return new RosterEntry(
                row.getLong("id"),
                Role.valueOf(row.getString("role")),
                row.getString("email"),
                action == null ? null : Action.valueOf(action),
                Sql.instant(row, "joined_at"));
    }
}
