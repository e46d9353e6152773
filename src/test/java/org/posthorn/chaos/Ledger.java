package org.posthorn.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was accepted against what arrived, kept as it comes: for each recipient of a post when it came, and over which
 * connection.
 *
 * <p>A post that was offered and never answered with 250 may or may not arrive: nothing of it is lost, but a second copy
 * counts as a repeat like any other's.
 */
final class Ledger {

    private static final Pattern NUMBER = Pattern.compile("<post(\\d{1,9})\\.");
    private static final int MOST_NAMED = 20;

    /**
     * @param missing copies of accepted posts that did not arrive
     * @param unanswered posts that were offered and not answered with 250
     * @param refused posts answered 5xx, which none should be
     * @param garbled copies whose body is not the one that was offered, with the list's footer and the member's own
     * @param repeats further copies
     * @param unexplained those of them that no event explains
     * @param mostRepeated of one connection at one time
     * @param repeatsAfter the explained ones, by the kind of event
     * @param longestWay of a post, from its 250 to the last member's first copy
     */
    record Tally(
            int posts,
            int unanswered,
            int refused,
            long deliveries,
            long missing,
            int incomplete,
            long foreign,
            long garbled,
            long repeats,
            long unexplained,
            int mostRepeated,
            Map<String, Long> repeatsAfter,
            Duration longestWay) {}

    private final String run;
    private final List<Post> posts = new ArrayList<>();
    private final Repeats repeats = new Repeats(Setup.REPEAT_BOUND);
    private final Map<String, Connection> connections = new HashMap<>();
    private final Set<Post> offeredAgain = new LinkedHashSet<>();
    private final Map<String, String> named = new LinkedHashMap<>();
    private int accepted;
    private int refused;
    private long deliveries;
    private long foreign;
    private long garbled;
    private long underWay;

    /** @param run in all Message-IDs, so that another run's mail is foreign */
    Ledger(String run) {
        this.run = run;
    }

    /**
     * A post that is about to be offered by LMTP.
     *
     * @param lines of its text
     */
    synchronized Post offer(MailingList list, int lines) {
        String messageId = "<post" + posts.size() + "." + list.localPart() + "." + run + "@chaos.example>";
        Post post = new Post(list, messageId, lines);
        posts.add(post);
        return post;
    }

    /** It was not answered with 250, and is about to be offered again. */
    synchronized void offeredAgain(Post post) {
        offeredAgain.add(post);
    }

    /** It was answered with 250. */
    synchronized void accepted(Post post) {
        post.accept();
        accepted++;
        underWay += post.missing();
    }

    /** It was answered with 5xx. */
    synchronized void refused(Post post, String reply) {
        refused++;
        name(post.messageId(), "refused: " + reply);
    }

    /** An event begins. */
    synchronized void begins(Event event) {
        repeats.begins(event, System.currentTimeMillis());
    }

    /** It is healed. */
    synchronized void ends(Event event) {
        repeats.ends(event, System.currentTimeMillis());
    }

    synchronized void taken(Copy copy) {
        Arrival arrival = connections
                .computeIfAbsent(copy.connection(), name -> new Connection(name, copy.node(), copy.smarthost()))
                .takes(copy.atMillis());
        Post post = post(copy.messageId());
        int member = post == null ? -1 : post.list().memberAt(copy.recipient());
        if (member < 0 || !copy.reversePath().equals(post.list().reversePath(member))) {
            foreign++;
            name(copy.messageId(), "foreign: from <" + copy.reversePath() + "> to <" + copy.recipient() + ">");
            return;
        }
        if (copy.bodyCrc() != post.bodyCrc(member)) {
            garbled++;
            name(copy.messageId(), "garbled: to <" + copy.recipient() + "> over " + arrival.connection());
        }
        Optional<Arrival> other = post.reach(member, arrival);
        if (other.isPresent()) {
            repeats.add(Repeats.Repeat.of(copy.messageId(), copy.recipient(), other.get(), arrival));
        } else {
            deliveries++;
            underWay -= post.isAccepted() ? 1 : 0;
        }
    }

    private Post post(String messageId) {
        Matcher number = NUMBER.matcher(messageId);
        if (!number.lookingAt()) {
            return null;
        }
        int index = Integer.parseInt(number.group(1));
        Post post = index < posts.size() ? posts.get(index) : null;
        return post != null && post.messageId().equals(messageId) ? post : null;
    }

    private void name(String messageId, String what) {
        if (named.size() < MOST_NAMED) {
            named.putIfAbsent(messageId, what);
        }
    }

    /** Copies of accepted posts that are still to come. */
    synchronized long underWay() {
        return underWay;
    }

    /** Members' first copies. */
    synchronized long deliveries() {
        return deliveries;
    }

    /** Message-IDs with what is wrong with them: no more than a few. */
    synchronized Map<String, String> named() {
        Map<String, String> all = new LinkedHashMap<>(named);
        repeats.judge().stream()
                .limit(MOST_NAMED)
                .forEach(repeat -> all.putIfAbsent(repeat.messageId(), repeat.toString()));
        posts.stream()
                .filter(post -> post.isAccepted() && post.missing() > 0)
                .limit(MOST_NAMED)
                .forEach(post -> all.merge(
                        post.messageId(),
                        "lost for " + post.missing() + ", such as " + post.firstMissing(),
                        (before, lost) -> before + "; " + lost));
        return all;
    }

    /** Accepted posts that were offered more than once, which must not be two: so many, spread over the run. */
    synchronized List<Post> offeredAgain(int most) {
        return spread(offeredAgain.stream().filter(Post::isAccepted).toList(), most);
    }

    /** So many accepted posts, spread over the run. */
    synchronized List<Post> sample(int most) {
        return spread(posts.stream().filter(Post::isAccepted).toList(), most);
    }

    private static List<Post> spread(List<Post> all, int most) {
        List<Post> sample = new ArrayList<>();
        for (int i = 0; i < Math.min(most, all.size()); i++) {
            sample.add(all.get((int) ((long) i * all.size() / Math.min(most, all.size()))));
        }
        return sample;
    }

    synchronized Tally tally() {
        List<Post> incomplete = posts.stream()
                .filter(post -> post.isAccepted() && post.missing() > 0)
                .toList();
        long unexplained = repeats.judge().size();
        long missing = incomplete.stream().mapToLong(Post::missing).sum();
        return new Tally(
                accepted,
                posts.size() - accepted - refused,
                refused,
                deliveries,
                missing,
                incomplete.size(),
                foreign,
                garbled,
                repeats.count(),
                unexplained,
                repeats.most(),
                repeats.after(),
                posts.stream().map(Post::way).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
    }
}
