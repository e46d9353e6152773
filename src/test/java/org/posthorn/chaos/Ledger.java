package org.posthorn.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
     * @param repeats further copies
     * @param unexplained those of them that no event explains
     * @param mostRepeated of one connection by one event
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
            long repeats,
            long unexplained,
            int mostRepeated,
            Map<String, Long> repeatsAfter,
            Duration longestWay) {}

    private final String run;
    private final List<Post> posts = new ArrayList<>();
    private final Repeats repeats = new Repeats(Setup.REPEAT_BOUND);
    private final List<String> connections = new ArrayList<>();
    private final Map<String, Integer> connectionNumbers = new HashMap<>();
    private final Set<Post> offeredAgain = new LinkedHashSet<>();
    private final Map<String, String> named = new LinkedHashMap<>();
    private int accepted;
    private int refused;
    private long deliveries;
    private long foreign;
    private long underWay;

    /** @param run in all Message-IDs, so that another run's mail is foreign */
    Ledger(String run) {
        this.run = run;
    }

    /** A post that is about to be offered by LMTP. */
    synchronized Post offer(MailingList list) {
        Post post = new Post(list, "<post" + posts.size() + "." + list.localPart() + "." + run + "@chaos.example>");
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
        Post post = post(copy.messageId());
        int member = post == null ? -1 : post.list().memberAt(copy.recipient());
        if (member < 0 || !isFrom(post.list(), copy.reversePath())) {
            foreign++;
            name(copy.messageId(), "foreign: from <" + copy.reversePath() + "> to <" + copy.recipient() + ">");
        } else if (post.reach(member, number(copy.connection()), copy.atMillis())) {
            deliveries++;
            underWay -= post.isAccepted() ? 1 : 0;
        } else {
            String connection = connections.get(post.connection(member));
            String smarthost = connection.substring(0, connection.indexOf('-'));
            repeats.add(
                    new Copy(
                            smarthost,
                            connection,
                            post.atMillis(member),
                            copy.reversePath(),
                            copy.recipient(),
                            copy.messageId()),
                    copy);
        }
    }

    private int number(String connection) {
        return connectionNumbers.computeIfAbsent(connection, unknown -> {
            connections.add(unknown);
            return connections.size() - 1;
        });
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

    private static boolean isFrom(MailingList list, String reversePath) {
        return reversePath.startsWith(list.localPart() + "-bounces") && reversePath.endsWith("@" + MailingList.DOMAIN);
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

    /** Grows with each copy that is taken, repeats too. */
    synchronized long taken() {
        return deliveries + repeats.count() + foreign;
    }

    /** Message-IDs with what is wrong with them: no more than a few. */
    synchronized Map<String, String> named() {
        Map<String, String> all = new LinkedHashMap<>(named);
        repeats.judge().stream()
                .limit(MOST_NAMED)
                .forEach(repeat -> all.putIfAbsent(repeat.again().messageId(), repeat.toString()));
        posts.stream()
                .filter(post -> post.isAccepted() && post.missing() > 0)
                .limit(MOST_NAMED)
                .forEach(post ->
                        all.put(post.messageId(), "lost for " + post.missing() + ", such as " + post.firstMissing()));
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
                repeats.count(),
                unexplained,
                repeats.most(),
                repeats.after(),
                posts.stream().map(Post::way).max(Comparator.naturalOrder()).orElse(Duration.ZERO));
    }
}
