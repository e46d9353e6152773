package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import org.posthorn.list.TopicBook.Entry;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/** A list's topics, one by one. What they are kept as is the setting {@code topics}, which REST has as a whole. */
@ApplicationScoped
public class Topics {

    private static final int LONGEST_DESCRIPTION = 500;

    private final ListRepository lists;
    private final Lists settings;
    private final TopicWishes wishes;

    protected Topics() {
        this(null, null, null);
    }

    @Inject
    public Topics(ListRepository lists, Lists settings, TopicWishes wishes) {
        this.lists = lists;
        this.settings = settings;
        this.wishes = wishes;
    }

    /**
     * The list's topics at one moment.
     *
     * @param version the list's, to change it by
     * @param enabled whether the list goes by them
     * @param bodyLines how many lines of a post's text are looked at
     */
    public record State(long version, boolean enabled, int bodyLines, TopicBook book) {}

    @Transactional
    @Needs(Right.CHANGE_LIST)
    public State of(@OfList long listId) {
        MailingList list = known(listId);
        PostingPolicy policy = list.posting();
        return new State(
                list.getVersion(),
                policy.isTopicsEnabled(),
                policy.getTopicsBodylinesLimit(),
                TopicBook.of(policy.getTopics()));
    }

    /**
     * Adds a topic, or changes one; what members have chosen follows a new name.
     *
     * @param version that was read
     * @param former the name of the one that is changed; empty: a new one is added
     * @throws InvalidValueException with the field {@code name}, {@code description} or {@code patterns}; {@code topics}
     *     where it is one too many
     * @throws DuplicateException when another topic of the list is called so
     * @throws UnknownException when the one to change is not there (any more)
     * @throws ConflictException when someone else has changed the list since
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void put(@OfList long listId, long version, String former, Entry entry) {
        check(entry);
        MailingList list = known(listId);
        TopicBook book = TopicBook.of(list.posting().getTopics());
        if (!former.isEmpty() && book.find(former).isEmpty()) {
            throw new UnknownException("topic", former);
        }
        if (book.find(entry.name()).filter(other -> !other.is(former)).isPresent()) {
            throw new DuplicateException("topic", entry.name());
        }
        // Before the change, which drops what members have chosen of names that are no more.
        if (!former.isEmpty() && !entry.is(former)) {
            wishes.rename(listId, former, entry.name());
        }
        change(list, version, book.with(former, entry));
    }

    /**
     * Removes a topic; what members have chosen of it goes with it.
     *
     * @return whether it was there
     * @throws ConflictException as {@link #put}
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public boolean remove(@OfList long listId, long version, String name) {
        MailingList list = known(listId);
        TopicBook book = TopicBook.of(list.posting().getTopics());
        boolean there = book.find(name).isPresent();
        if (there) {
            change(list, version, book.without(name));
        }
        return there;
    }

    private void change(MailingList list, long version, TopicBook book) {
        settings.configure(list.getId(), version, Map.of("topics", book.lines()));
    }

    private static void check(Entry entry) {
        if (Topic.parse(entry.name() + ": x").isEmpty()) {
            throw new InvalidValueException("name", entry.name(), "letters, digits, blanks and . _ + -");
        }
        if (entry.description().length() > LONGEST_DESCRIPTION
                || entry.description().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidValueException(
                    "description", entry.description(), "a line of at most " + LONGEST_DESCRIPTION + " characters");
        }
        List<String> patterns = entry.patterns();
        if (patterns.isEmpty()) {
            throw new InvalidValueException("patterns", "", "at least one regular expression");
        }
        for (String pattern : patterns) {
            if (pattern.length() > 900
                    || Topic.parse(entry.name() + ": " + pattern).isEmpty()) {
                throw new InvalidValueException("patterns", pattern, "a regular expression of the kind RE2");
            }
        }
    }

    private MailingList known(long listId) {
        return lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
    }
}
