package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.platform.Sql;

/**
 * Says who of a list's members would get a post, and why the others would not: by the same conditions as {@link Roster},
 * which reads those alone who get it.
 */
@ApplicationScoped
public class WhoGets {

    /** The first that applies tells. */
    private static final String SHARES = """
            select case
                when coalesce(m.delivery_status, a.delivery_status, s.delivery_status, 'ENABLED') <> 'ENABLED' then 'STOPPED'
                %s
                when not (1 = 1 %s) then 'AUTHOR'
                when not (1 = 1 %s) then 'ADDRESSED'
                when not (1 = 1 %s) then 'OTHER_TOPICS'
                when not (1 = 1 %s) then 'ELSEWHERE'
                else 'GETS' end as share
            from member m
            join address a on a.id = m.address_id
            left join subscriber s on s.id = coalesce(m.subscriber_id, a.subscriber_id)
            where m.list_id = ? and m.role = 'MEMBER'
            """;

    private static final String DIGESTS = """
            when coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode, 'REGULAR') <> 'REGULAR'
                then coalesce(m.delivery_mode, a.delivery_mode, s.delivery_mode)
            """;

    private final Sql sql;

    protected WhoGets() {
        this(null);
    }

    @Inject
    public WhoGets(Sql sql) {
        this.sql = sql;
    }

    /** What a member gets of a post. */
    public enum Share {
        GETS,
        /** Delivery is stopped, by whomever. */
        STOPPED,
        /** It comes with a digest of this kind, see {@link DeliveryMode}. */
        PLAINTEXT_DIGESTS,
        MIME_DIGESTS,
        SUMMARY_DIGESTS,
        /** It is their own, and they wish no copy. */
        AUTHOR,
        /** It is addressed to them besides, and they wish no second copy. */
        ADDRESSED,
        /** They have chosen topics, and it is about others. */
        OTHER_TOPICS,
        /** It comes to them by another list, see {@link CountElsewhere}. */
        ELSEWHERE
    }

    /**
     * Reads all of the roster, in the database.
     *
     * @param eachPost whether those who wish digests get it by itself, too
     * @return how many there are of each; all of them, 0 for none
     */
    public Map<Share, Long> count(
            long listId, NoCopy noCopy, PostTopics topics, boolean eachPost, CountElsewhere elsewhere) {
        Map<Share, Long> counted = new EnumMap<>(Share.class);
        for (Share share : Share.values()) {
            counted.put(share, 0L);
        }
        List<Object> parameters = new ArrayList<>();
        String shares = shares(noCopy, topics, eachPost, elsewhere, parameters);
        parameters.add(listId);
        sql.forEach(
                "select share, count(*) as members from (" + shares + ") w group by share",
                row -> counted.put(Share.valueOf(row.getString("share")), row.getLong("members")),
                parameters.toArray());
        return counted;
    }

    /**
     * @param key an address in lower case
     * @return what the member of this very address gets; empty: it is no member's
     */
    public Optional<Share> of(
            long listId, String key, NoCopy noCopy, PostTopics topics, boolean eachPost, CountElsewhere elsewhere) {
        List<Object> parameters = new ArrayList<>();
        String shares = shares(noCopy, topics, eachPost, elsewhere, parameters) + "  and a.email = ?";
        parameters.add(listId);
        parameters.add(key);
        return sql.first(shares, row -> Share.valueOf(row.getString("share")), parameters.toArray());
    }

    private static String shares(
            NoCopy noCopy, PostTopics topics, boolean eachPost, CountElsewhere elsewhere, List<Object> parameters) {
        String author = "";
        if (!noCopy.senderKey().isEmpty()) {
            author = Roster.BUT_SENDER;
            parameters.addAll(List.of(noCopy.senderKey(), noCopy.senderKey()));
        }
        String addressed = "";
        if (!noCopy.addressedKeys().isEmpty()) {
            addressed = Roster.BUT_ADDRESSED.formatted(
                    Roster.marks(noCopy.addressedKeys().size()));
            parameters.addAll(noCopy.addressedKeys());
        }
        String chosen = "";
        if (topics.asked()) {
            chosen = Roster.BY_TOPICS.formatted(Roster.topicsHit(topics));
            parameters.addAll(topics.keys());
        }
        String others = Roster.butElsewhere(elsewhere);
        parameters.addAll(elsewhere.members());
        parameters.addAll(elsewhere.readers());
        return SHARES.formatted(eachPost ? "" : DIGESTS, author, addressed, chosen, others);
    }
}
