package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.PostingPolicy;
import org.posthorn.moderation.Disposition.Accept;
import org.posthorn.moderation.Disposition.Discard;
import org.posthorn.moderation.Disposition.Hold;
import org.posthorn.moderation.Disposition.Reject;
import org.posthorn.queue.MessageStore;
import org.posthorn.queue.Posting;
import org.posthorn.queue.Postings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.Trace;
import org.posthorn.queue.runner.Stage;
import org.posthorn.template.Autoresponder;
import org.posthorn.template.Autoresponder.Kind;

/**
 * Decides who may post. Consumes {@code in}: posts, and mail to the owners (attribute {@code kind=owner}). Produces
 * entries in {@code pipeline}, held messages, and notices to authors by {@code virgin}.
 *
 * <p>It reads the message's header and the beginning of its text, up to a bound, and never alters the message. A header that cannot be parsed is
 * read as far as it goes: such a post is judged by its reverse-path. A failure of the database leaves the entry where it
 * was; there is no other failure.
 */
@ApplicationScoped
public class ModerationStage implements Stage {

    private final ListRepository lists;
    private final Postings postings;
    private final IncomingPosts incomingPosts;
    private final HeldMessages heldMessages;
    private final Fates fates;
    private final Trace trace;
    private final Autoresponder autoresponder;
    private final MessageStore messages;

    protected ModerationStage() {
        this(null, null, null, null, null, null, null, null);
    }

    @Inject
    public ModerationStage(
            ListRepository lists,
            Postings postings,
            IncomingPosts incomingPosts,
            HeldMessages heldMessages,
            Fates fates,
            Trace trace,
            Autoresponder autoresponder,
            MessageStore messages) {
        this.lists = lists;
        this.postings = postings;
        this.incomingPosts = incomingPosts;
        this.heldMessages = heldMessages;
        this.fates = fates;
        this.trace = trace;
        this.autoresponder = autoresponder;
        this.messages = messages;
    }

    @Override
    public QueueName queue() {
        return QueueName.IN;
    }

    @Override
    public Outcome process(QueueEntry entry) {
        if (entry.postingId() == null || entry.messageId() == null) {
            return new Outcome.Bad("an entry without a posting or a message cannot be judged");
        }
        Posting posting = postings.find(entry.postingId())
                .orElseThrow(() -> new IllegalStateException(
                        "posting " + entry.postingId() + " cannot be missing while an entry points to it"));
        Optional<MailingList> list = entry.listId() == null ? Optional.empty() : lists.byId(entry.listId());
        if (list.isEmpty()) {
            trace.event(posting.id(), QueueName.IN, "discarded", "the list is gone");
            trace.outcome(posting.id(), Posting.Outcome.DISCARDED);
            return new Outcome.Done();
        }
        Submission post = new Submission(list.get(), posting, entry.messageId(), entry.attributes());
        if (goesOn(post)) {
            judge(post);
        }
        return new Outcome.Done();
    }

    /** The list's automatic answer comes before the rules, as in Mailman, and may be the end. */
    private boolean goesOn(Submission post) {
        Kind kind = post.isForOwners() ? Kind.OWNER : Kind.POSTINGS;
        if (!autoresponder.isOn(post.list(), kind)
                || autoresponder.respond(
                        post.list(),
                        kind,
                        StoredHeader.of(messages, post.messageId()),
                        post.posting().sender())) {
            return true;
        }
        fates.discard(post, "the list answers automatically and discards");
        return false;
    }

    private void judge(Submission post) {
        PostingPolicy policy = post.list().posting();
        Chain chain =
                post.isForOwners() ? Chains.owner(policy.getOwnerChain()) : Chains.posting(policy.getPostingChain());
        IncomingPost incoming = incomingPosts.read(post);
        Ruling ruling = chain.decide(incoming);
        String grounds = chain.name() + ": " + ruling.grounds();
        Disposition fate = ruling.disposition();
        // A sealed interface in an instanceof chain: Java 17 has no patterns in switch yet.
        if (fate instanceof Accept) {
            fates.accept(post.marked(incoming.urgency().get()), ruling.marks(), grounds);
        } else if (fate instanceof Hold hold) {
            String sender = incoming.standing().email();
            heldMessages.hold(post, sender, hold, ruling.marks());
            fates.hold(post, sender, hold.reasons(), grounds);
        } else if (fate instanceof Reject reject) {
            fates.rejectByRules(post, reject.reason(), grounds);
        } else if (fate instanceof Discard) {
            fates.discard(post, grounds);
        } else {
            throw new IllegalStateException("a fate cannot be unknown: " + fate);
        }
    }
}
