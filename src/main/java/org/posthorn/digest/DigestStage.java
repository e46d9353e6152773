package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.posthorn.list.DeliveryMode;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.pipeline.CookedMessage;
import org.posthorn.pipeline.OutAttributes;
import org.posthorn.platform.BeforeCommit;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.NewEntry;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Switchboard;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;
import org.posthorn.template.Templates;

/**
 * Collects posts and writes digests. Consumes {@code digest}: a post is kept for the list's next digest, which is made at
 * once where the posts have reached the list's size; a digest of one kind is written, and goes on in {@code pipeline} to get
 * its readers. Both happen with the entry's end, or not at all, so that a crash neither loses a post nor writes a digest
 * twice. Never decides who gets it, and never holds more than one post's text. A failure leaves the entry where it was.
 */
@ApplicationScoped
public class DigestStage implements Stage {

    private final ListRepository lists;
    private final Postings postings;
    private final MessageStore messages;
    private final CollectedPosts posts;
    private final OpenDigest open;
    private final BeforeCommit beforeCommit;
    private final Templates templates;
    private final Switchboard switchboard;
    private final Trace trace;
    private final Path spool;
    private final Clock clock;

    protected DigestStage() {
        this.lists = null;
        this.postings = null;
        this.messages = null;
        this.posts = null;
        this.open = null;
        this.beforeCommit = null;
        this.templates = null;
        this.switchboard = null;
        this.trace = null;
        this.spool = null;
        this.clock = null;
    }

    @Inject
    public DigestStage(
            ListRepository lists,
            Postings postings,
            MessageStore messages,
            CollectedPosts posts,
            OpenDigest open,
            BeforeCommit beforeCommit,
            Templates templates,
            Switchboard switchboard,
            Trace trace,
            Settings settings,
            Clock clock) {
        this(
                lists,
                postings,
                messages,
                posts,
                open,
                beforeCommit,
                templates,
                switchboard,
                trace,
                settings.home().resolve("spool"),
                clock);
    }

    DigestStage(
            ListRepository lists,
            Postings postings,
            MessageStore messages,
            CollectedPosts posts,
            OpenDigest open,
            BeforeCommit beforeCommit,
            Templates templates,
            Switchboard switchboard,
            Trace trace,
            Path spool,
            Clock clock) {
        this.lists = lists;
        this.postings = postings;
        this.messages = messages;
        this.posts = posts;
        this.open = open;
        this.beforeCommit = beforeCommit;
        this.templates = templates;
        this.switchboard = switchboard;
        this.trace = trace;
        this.spool = spool;
        this.clock = clock;
    }

    @Override
    public QueueName queue() {
        return QueueName.DIGEST;
    }

    @Override
    public Outcome process(QueueEntry entry) {
        if (entry.messageId() == null || entry.postingId() == null) {
            return new Outcome.Bad("an entry without a message or a posting can be in no digest");
        }
        boolean isDigest = OutAttributes.DIGEST.equals(entry.attributes().get(OutAttributes.KIND));
        Optional<MailingList> list = entry.listId() == null ? Optional.empty() : lists.byId(entry.listId());
        if (list.isEmpty()) {
            return gone(entry, isDigest, "the list is gone");
        }
        return isDigest ? write(entry, list.get()) : collect(entry, list.get());
    }

    /** A post has gone its way without this. */
    private Outcome gone(QueueEntry entry, boolean isDigest, String why) {
        trace.event(entry.postingId(), QueueName.DIGEST, "discarded", why);
        if (isDigest) {
            trace.outcome(entry.postingId(), Posting.Outcome.DISCARDED);
        }
        return new Outcome.Done();
    }

    private Outcome collect(QueueEntry entry, MailingList list) {
        posts.add(entry, messages.sizeBytes(entry.messageId()).orElse(0L));
        trace.event(entry.postingId(), QueueName.DIGEST, "collected", "for the next digest");
        double threshold = list.digests().getDigestSizeThreshold();
        if (threshold > 0) {
            // Last, and by the row's order: a group has posts of many lists, whose locks would be waited for in a
            // circle.
            beforeCommit.run(list.getId(), () -> open.from(list, threshold * 1024));
        }
        return new Outcome.Done();
    }

    private Outcome write(QueueEntry entry, MailingList list) {
        Issue issue = Issue.of(entry.attributes());
        List<CollectedPost> collected = posts.of(issue.digestId());
        if (collected.isEmpty()) {
            return gone(entry, true, "its posts are gone");
        }
        Posting posting = postings.find(entry.postingId())
                .orElseThrow(() -> new IllegalStateException(
                        "posting " + entry.postingId() + " cannot be missing while an entry points to it"));
        DeliveryMode mode = DeliveryMode.valueOf(entry.attributes().get(OutAttributes.DIGEST_MODE));
        // One whose header cannot be read is told of at the topics and at its text.
        Set<CollectedPost> unshown = new LinkedHashSet<>();
        Digest digest = new Digest(
                list,
                issue,
                new DigestTexts(list, templates),
                collected,
                messages::open,
                posting.messageId(),
                entry.received(),
                unshown::add);
        long written = store(DigestKind.of(mode), digest);
        switchboard.enqueue(NewEntry.of(
                QueueName.PIPELINE,
                entry.listId(),
                entry.postingId(),
                written,
                entry.attributes(),
                entry.received(),
                clock.instant()));
        trace.event(entry.postingId(), QueueName.DIGEST, "written", issue.english() + " as " + mode);
        for (CollectedPost post : unshown) {
            trace.event(
                    entry.postingId(),
                    QueueName.DIGEST,
                    "unshown",
                    "posting " + post.postingId() + " cannot be read to its end");
        }
        return new Outcome.Done();
    }

    private long store(DigestKind kind, Digest digest) {
        try (CookedMessage message = new CookedMessage(spool)) {
            OutputStream out = new BufferedOutputStream(message, 16 * 1024);
            kind.write(digest, out);
            out.flush();
            return messages.store(message);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
