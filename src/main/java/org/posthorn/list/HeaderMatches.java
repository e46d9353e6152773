package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * A list's header matches, in order: the first that matches a post decides. A position counts from 0 and is where it
 * stands now, so that a deletion moves up those after it.
 */
@ApplicationScoped
public class HeaderMatches {

    /** All of a list's are read for each post. */
    public static final int MOST = 500;

    private HeaderMatchRepository matches;

    protected HeaderMatches() {}

    @Inject
    public HeaderMatches(HeaderMatchRepository matches) {
        this.matches = matches;
    }

    /**
     * What a header match says.
     *
     * @param header a field's name
     * @param pattern a regular expression (RE2) that is looked for anywhere in the field's value, without regard to case
     * @param action null: what the site does
     * @param tag the owner's mark to find it by; null: none
     */
    public record Content(String header, String pattern, Action action, String tag) {}

    /** @return all of them, in order */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public List<HeaderMatch> of(@OfList long listId) {
        return matches.of(listId);
    }

    /** @return empty: there is none at this position */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public Optional<HeaderMatch> at(@OfList long listId, int position) {
        List<HeaderMatch> all = matches.of(listId);
        return position < 0 || position >= all.size() ? Optional.empty() : Optional.of(all.get(position));
    }

    /**
     * @param header null: any
     * @param tag null: any
     * @param action null: any; those that leave it to the site have none
     * @return those for which all of it is so, in order
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public List<HeaderMatch> find(@OfList long listId, String header, String tag, Action action) {
        return matches.of(listId).stream()
                .filter(match -> header == null
                        || match.getHeader().equals(header.strip().toLowerCase(Locale.ROOT)))
                .filter(match -> tag == null || tag.equals(match.getTag()))
                .filter(match -> action == null || match.getAction() == action)
                .toList();
    }

    /**
     * Adds one, last.
     *
     * @throws UnknownException when there is no such list
     * @throws DuplicateException when the list has the header and pattern already
     * @throws InvalidValueException when a value cannot be, or there are {@link #MOST}
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public HeaderMatch add(@OfList long listId, Content content) {
        MailingList list = lock(listId);
        List<HeaderMatch> all = matches.of(listId);
        if (all.size() >= MOST) {
            throw new InvalidValueException("header_matches", all.size() + 1, "at most " + MOST);
        }
        HeaderMatch match = new HeaderMatch(list, all.size(), content);
        refuseTwins(all, match);
        place(all);
        return matches.add(match);
    }

    /**
     * Replaces what one says, and puts it elsewhere.
     *
     * @param to where it is to stand, from 0; beyond the end: last
     * @throws UnknownException when there is none at this position
     * @throws DuplicateException when another one has the header and pattern already
     * @throws InvalidValueException when a value cannot be
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public HeaderMatch change(@OfList long listId, int position, Content content, int to) {
        lock(listId);
        List<HeaderMatch> all = new ArrayList<>(matches.of(listId));
        HeaderMatch match = at(all, position);
        match.say(content);
        refuseTwins(all, match);
        move(all, position, to);
        return match;
    }

    /**
     * Puts one elsewhere.
     *
     * @param to as for {@link #change}
     * @throws UnknownException when there is none at this position
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public HeaderMatch move(@OfList long listId, int from, int to) {
        lock(listId);
        List<HeaderMatch> all = new ArrayList<>(matches.of(listId));
        HeaderMatch match = at(all, from);
        move(all, from, to);
        return match;
    }

    /** @throws UnknownException when there is none at this position */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void delete(@OfList long listId, int position) {
        lock(listId);
        List<HeaderMatch> all = new ArrayList<>(matches.of(listId));
        HeaderMatch match = at(all, position);
        all.remove(position);
        place(all);
        matches.remove(match);
    }

    /** Deletes one, wherever it stands now. @return whether it was there */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public boolean remove(@OfList long listId, long id) {
        lock(listId);
        List<HeaderMatch> all = new ArrayList<>(matches.of(listId));
        Optional<HeaderMatch> found =
                all.stream().filter(match -> match.getId() == id).findFirst();
        found.ifPresent(match -> {
            all.remove(match);
            place(all);
            matches.remove(match);
        });
        return found.isPresent();
    }

    /** Puts these before all others; among themselves they keep their order. Those that are gone are passed over. */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void putFirst(@OfList long listId, Collection<Long> ids) {
        lock(listId);
        List<HeaderMatch> all = matches.of(listId);
        List<HeaderMatch> anew = new ArrayList<>(
                all.stream().filter(match -> ids.contains(match.getId())).toList());
        all.stream().filter(match -> !ids.contains(match.getId())).forEach(anew::add);
        place(anew);
        matches.flush();
    }

    /** Deletes all of them. */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void clear(@OfList long listId) {
        lock(listId);
        matches.of(listId).forEach(matches::remove);
    }

    private MailingList lock(long listId) {
        return matches.lock(listId).orElseThrow(() -> new UnknownException("list", listId));
    }

    private static HeaderMatch at(List<HeaderMatch> all, int position) {
        if (position < 0 || position >= all.size()) {
            throw new UnknownException("header match", position);
        }
        return all.get(position);
    }

    private void move(List<HeaderMatch> all, int from, int to) {
        if (to < 0) {
            throw new InvalidValueException("position", to, "a number from 0");
        }
        HeaderMatch match = all.remove(from);
        all.add(Math.min(to, all.size()), match);
        place(all);
        matches.flush();
    }

    /** Only those that move are written. */
    private static void place(List<HeaderMatch> inOrder) {
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).place() != i) {
                inOrder.get(i).moveTo(i);
            }
        }
    }

    private static void refuseTwins(List<HeaderMatch> all, HeaderMatch match) {
        for (HeaderMatch other : all) {
            if (other != match
                    && other.getHeader().equals(match.getHeader())
                    && other.getPattern().equals(match.getPattern())) {
                throw new DuplicateException("header match", match.getHeader() + ": " + match.getPattern());
            }
        }
    }
}
