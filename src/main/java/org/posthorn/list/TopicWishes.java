package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.posthorn.platform.Sql;

/**
 * Keeps what members have chosen in step with the topics that their list has, in the caller's transaction: a choice follows
 * a topic that is renamed, and goes with one that is removed. Who has chosen nothing else then gets every post: rather one
 * too many than none. One statement for a roster of any size.
 */
@ApplicationScoped
public class TopicWishes {

    private static final String RENAME = """
            update member set topics = replace(topics, ?, ?), version = version + 1
            where list_id = ? and role = 'MEMBER' and topics <> '' and position(? in topics) > 0
            """;

    private static final String DROP = """
            update member set topics = case when topics = ? then '' else replace(topics, ?, '|') end, version = version + 1
            where list_id = ? and role = 'MEMBER' and topics <> '' and position(? in topics) > 0
            """;

    private final Sql sql;

    protected TopicWishes() {
        this(null);
    }

    @Inject
    public TopicWishes(Sql sql) {
        this.sql = sql;
    }

    /** @param name the topic's present one; @param later one that no other topic of the list has */
    void rename(long listId, String name, String later) {
        String key = Topic.key(name);
        sql.update(RENAME, key, Topic.key(later), listId, key);
    }

    /** @param before the list's lines as they were; @param now as they are */
    void settle(long listId, List<String> before, List<String> now) {
        if (before.equals(now)) {
            return;
        }
        Set<String> gone = keys(before);
        gone.removeAll(keys(now));
        gone.forEach(key -> sql.update(DROP, key, key, listId, key));
    }

    private static Set<String> keys(List<String> lines) {
        Set<String> keys = new TreeSet<>();
        lines.forEach(line -> Topic.parse(line).map(Topic::key).ifPresent(keys::add));
        return keys;
    }
}
