package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.InvalidValueException;
import org.posthorn.moderation.DecideHeld.Decision;
import org.posthorn.moderation.DecideHeld.Result;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;

/**
 * One decision about several held posts. Each post has a transaction of its own: what somebody else has decided meanwhile
 * holds up none of the others, and what is done stays done whatever becomes of the next.
 */
@ApplicationScoped
public class DecideSeveral {

    /** How many posts one request may name. */
    public static final int MOST = 500;

    /** The same where they are forwarded: each is stored once more. */
    public static final int MOST_FORWARDED = 20;

    private static final Logger LOG = System.getLogger(DecideSeveral.class.getName());
    private static final int MOST_TRIES = 2;

    private final DecideHeld deciding;
    private final ForwardHeld forwarding;
    private final HeldDecisions decisions;

    protected DecideSeveral() {
        this(null, null, null);
    }

    @Inject
    public DecideSeveral(DecideHeld deciding, ForwardHeld forwarding, HeldDecisions decisions) {
        this.deciding = deciding;
        this.forwarding = forwarding;
        this.decisions = decisions;
    }

    /**
     * What came of the decision about one post.
     *
     * @param before of what is {@link Result#GONE}: the decision that was first; empty: none is known
     */
    public record Outcome(long requestId, Result result, Optional<HeldDecisions.Decision> before) {}

    /**
     * @param requestIds at most {@link #MOST}, {@link #MOST_FORWARDED} to forward; each counts once
     * @param by who decided, for the trace
     * @return one for each post, in the given order
     * @throws InvalidValueException when there are too many (to forward today), or one to forward to is no address; nothing was changed
     */
    @Transactional(Transactional.TxType.NOT_SUPPORTED)
    @Needs(Right.MODERATE)
    public List<Outcome> decide(@OfList long listId, List<Long> requestIds, Decision decision, String by) {
        boolean forwarded = !ForwardHeld.addresses(decision.forward()).isEmpty();
        int most = forwarded ? MOST_FORWARDED : MOST;
        if (requestIds.size() > most) {
            throw new InvalidValueException(
                    "request_id",
                    requestIds.size() + " posts",
                    "at most " + most + (forwarded ? " to forward at once" : ""));
        }
        if (forwarded) {
            forwarding.requireRoom(
                    listId, requestIds.size() * decision.forward().size());
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (long requestId : new LinkedHashSet<>(requestIds)) {
            Result result = decide(listId, requestId, decision, by, outcomes.isEmpty());
            outcomes.add(new Outcome(
                    requestId,
                    result,
                    result == Result.GONE ? decisions.ofRequest(listId, requestId) : Optional.empty()));
        }
        return outcomes;
    }

    /**
     * Each post has a transaction of its own, and those before it are decided for good: so one that fails is told, and ends
     * nothing. Two who treat one sender at the same moment can be in each other's way once; the second time the sender is known.
     */
    private Result decide(long listId, long requestId, Decision decision, String by, boolean first) {
        for (int tries = 1; ; tries++) {
            try {
                return deciding.decide(listId, requestId, decision, by);
            } catch (InvalidValueException | NotAllowedException e) {
                if (first) {
                    throw e; // of the decision, so of all of them
                }
                LOG.log(Level.WARNING, "a held post could not be decided: " + requestId, e);
                return Result.FAILED;
            } catch (RuntimeException e) {
                if (tries == MOST_TRIES) {
                    LOG.log(Level.WARNING, "a held post could not be decided: " + requestId, e);
                    return Result.FAILED;
                }
            }
        }
    }
}
