package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRepository;
import org.posthorn.list.MailingList;
import org.posthorn.list.TreatSender;
import org.posthorn.list.TreatSender.Treatment;
import org.posthorn.mail.EmailAddress;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/**
 * A moderator's whole decision about a held post, in one transaction: what becomes of it, how its sender is treated from now on,
 * whether a copy is kept, and who else sees it. Of two who decide at once the second changes nothing, and not the sender's treatment either.
 */
@ApplicationScoped
public class DecideHeld {

    private final HeldMessages held;
    private final TreatSender senders;
    private final PreserveHeld preserving;
    private final ForwardHeld forwarding;
    private final ListRepository lists;
    private final AuditLog audit;

    protected DecideHeld() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public DecideHeld(
            HeldMessages held,
            TreatSender senders,
            PreserveHeld preserving,
            ForwardHeld forwarding,
            ListRepository lists,
            AuditLog audit) {
        this.held = held;
        this.senders = senders;
        this.preserving = preserving;
        this.forwarding = forwarding;
        this.lists = lists;
        this.audit = audit;
    }

    /** What becomes of the post. */
    public enum Choice {
        ACCEPT,
        REJECT,
        DISCARD,
        DEFER
    }

    /**
     * @param reason of a rejection, for the author; empty: that of the rules
     * @param always how the sender's posts are treated from now on; empty: as before
     * @param preserve whether what is rejected or discarded is kept in {@code bad}, from where it can be put back
     * @param forward to whom the post is sent on as it came, 20 addresses at the most; empty: to nobody
     */
    public record Decision(
            Choice choice, String reason, Optional<Treatment> always, boolean preserve, List<String> forward) {

        public Decision(Choice choice, String reason, Optional<Treatment> always, boolean preserve) {
            this(choice, reason, always, preserve, List.of());
        }

        public static Decision of(Choice choice, String reason) {
            return new Decision(choice, reason, Optional.empty(), false);
        }
    }

    /** What came of a decision. */
    public enum Result {
        DONE,
        /** There is no such held post (any more); nothing was changed. */
        GONE,
        /** The sender cannot be treated in a way of its own; nothing was changed. */
        NO_SENDER,
        /** Of several: it could not be done now, such as for a database that was away; nothing was changed. */
        FAILED
    }

    /**
     * @param by who decided, for the trace
     * @throws InvalidValueException when one to forward it to is no address, or there are too many (today); nothing was changed
     */
    @Transactional
    @Needs(Right.MODERATE)
    public Result decide(@OfList long listId, long requestId, Decision decision, String by) {
        List<EmailAddress> others = ForwardHeld.addresses(decision.forward);
        Optional<HeldMessage> post = held.find(listId, requestId);
        if (post.isEmpty()) {
            return Result.GONE;
        }
        String sender = post.get().sender();
        if (decision.always.isPresent() && !senders.canBeTreated(listId, sender)) {
            return Result.NO_SENDER;
        }
        boolean done = switch (decision.choice) {
            case ACCEPT -> held.accept(listId, requestId, by);
            case REJECT -> held.reject(listId, requestId, decision.reason, by);
            case DISCARD -> held.discard(listId, requestId, by);
            case DEFER -> held.defer(listId, requestId);
        };
        if (!done) {
            return Result.GONE;
        }
        if (decision.preserve && (decision.choice == Choice.REJECT || decision.choice == Choice.DISCARD)) {
            preserving.preserve(post.get(), by);
        }
        if (!others.isEmpty()) {
            forwarding.send(post.get(), others, by);
        }
        decision.always.ifPresent(treatment -> {
            senders.treat(listId, sender, treatment);
            audit.record(
                    "treat-sender",
                    new AuditSubject(
                            "held",
                            post.get().messageIdField(),
                            listId,
                            lists.byId(listId).map(MailingList::getListId).orElse(null)),
                    "request=" + requestId + " sender=" + sender + " from now on="
                            + treatment.name().toLowerCase(Locale.ROOT));
        });
        return Result.DONE;
    }
}
