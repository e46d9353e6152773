package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.DigestNumbers;
import org.posthorn.list.LastDigests;
import org.posthorn.list.MailingList;
import org.posthorn.list.Roster;
import org.posthorn.pipeline.OutAttributes;
import org.posthorn.platform.Ids;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.NewPosting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;
import org.posthorn.template.Templates;

/**
 * Makes a digest of the posts that wait: takes its number, puts the posts into it, and an entry into {@code digest} for each
 * kind that has readers. All in the caller's transaction, under a lock on the list's numbers: whoever comes second, on
 * whatever node, finds nothing left. Very many posts become several digests, the oldest first.
 */
@ApplicationScoped
public class OpenDigest {

    /** So many posts and octets are in a digest at the most; one post may be larger by itself. */
    static final int MOST_POSTS = 500;

    /** As quoted-printable a text can be three times as long, and then must not be more than Postfix takes by default. */
    static final long MOST_BYTES = 3L << 20;

    /** In one transaction. What is left has its turn with the next post, or by time. */
    private static final int MOST_AT_ONCE = 10;

    private final CollectedPosts posts;
    private final DigestNumbers numbers;
    private final LastDigests lasts;
    private final Roster roster;
    private final Templates templates;
    private final Postings postings;
    private final Switchboard switchboard;
    private final Trace trace;
    private final Ids ids;
    private final Clock clock;

    protected OpenDigest() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    @Inject
    public OpenDigest(
            CollectedPosts posts,
            DigestNumbers numbers,
            LastDigests lasts,
            Roster roster,
            Templates templates,
            Postings postings,
            Switchboard switchboard,
            Trace trace,
            Ids ids,
            Clock clock) {
        this.posts = posts;
        this.numbers = numbers;
        this.lasts = lasts;
        this.roster = roster;
        this.templates = templates;
        this.postings = postings;
        this.switchboard = switchboard;
        this.trace = trace;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What came of one turn.
     *
     * @param posts how many were taken; 0: there is nothing to take
     * @param made whether a digest goes out; else nobody would read it, and the posts are removed
     */
    public record Opened(int posts, boolean made) {}

    /**
     * Makes one digest of what waits.
     *
     * @param before only if something has waited since before then
     */
    Opened oneSince(MailingList list, Instant before) {
        numbers.lock(list.getId());
        if (!posts.waitsSince(list.getId(), before)) {
            return new Opened(0, false);
        }
        List<CollectedPost> taken = next(list);
        return new Opened(taken.size(), open(list, taken));
    }

    /** Makes digests of what waits if that has reached a size. @param sizeBytes at the least */
    void from(MailingList list, double sizeBytes) {
        if (posts.waiting(list.getId()).sizeBytes() < sizeBytes) {
            return;
        }
        numbers.lock(list.getId());
        if (posts.waiting(list.getId()).sizeBytes() < sizeBytes) {
            return;
        }
        List<CollectedPost> next = next(list);
        for (int made = 0; made < MOST_AT_ONCE && !next.isEmpty(); made++) {
            open(list, next);
            next = next(list);
        }
    }

    private List<CollectedPost> next(MailingList list) {
        List<CollectedPost> taken = new ArrayList<>();
        long sizeBytes = 0;
        for (CollectedPost post : posts.next(list.getId(), MOST_POSTS)) {
            sizeBytes += post.sizeBytes();
            if (sizeBytes > MOST_BYTES && !taken.isEmpty()) {
                break;
            }
            taken.add(post);
        }
        return taken;
    }

    private boolean open(MailingList list, List<CollectedPost> taken) {
        long digestId = ids.next();
        Set<DeliveryMode> kinds = EnumSet.noneOf(DeliveryMode.class);
        posts.assign(digestId, taken);
        lasts.assign(list.getId(), digestId);
        for (DeliveryMode mode : DigestKind.MODES) {
            if (!roster.digestReaders(list.getId(), mode, digestId, 0, 1).isEmpty()) {
                kinds.add(mode);
            }
        }
        if (kinds.isEmpty()) {
            posts.remove(taken);
            trace(taken, "undigested", "nobody reads digests");
            return false;
        }
        Issue issue = Issue.of(digestId, numbers.take(list));
        trace(taken, "digested", issue.english());
        kinds.forEach(mode -> enqueue(list, issue, mode, taken));
        return true;
    }

    /** What a post went through before may be forgotten by now. */
    void trace(List<CollectedPost> taken, String event, String detail) {
        Set<Long> known =
                postings.known(taken.stream().map(CollectedPost::postingId).toList());
        trace.events(taken.stream()
                .map(CollectedPost::postingId)
                .filter(known::contains)
                .map(posting -> new Trace.Event(posting, QueueName.DIGEST, event, detail))
                .toList());
    }

    private void enqueue(MailingList list, Issue issue, DeliveryMode mode, List<CollectedPost> taken) {
        Instant now = clock.instant();
        String messageId = "<" + UUID.randomUUID() + "@" + list.getMailHost() + ">";
        long posting = postings.open(new NewPosting(
                list.getId(),
                list.getFqdnListname(),
                QueueName.DIGEST,
                messageId,
                "",
                new DigestTexts(list, templates).subject(issue),
                taken.stream().mapToLong(CollectedPost::sizeBytes).sum(),
                now));
        Map<String, String> attributes = new HashMap<>(issue.attributes());
        attributes.put(OutAttributes.KIND, OutAttributes.DIGEST);
        attributes.put(OutAttributes.DIGEST_MODE, mode.name());
        long first = taken.get(0).messageId();
        switchboard.enqueue(NewEntry.of(QueueName.DIGEST, list.getId(), posting, first, attributes, now, now));
        trace.event(posting, QueueName.DIGEST, "opened", issue.english() + ": " + taken.size() + " posts");
    }
}
