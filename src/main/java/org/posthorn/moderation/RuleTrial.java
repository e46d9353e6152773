package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.ResponseAction;
import org.posthorn.mail.Octets;
import org.posthorn.moderation.Chain.Then;
import org.posthorn.moderation.Disposition.Accept;
import org.posthorn.moderation.Disposition.Discard;
import org.posthorn.moderation.Ruling.Finding;
import org.posthorn.queue.Posting;
import org.posthorn.queue.RuleMarks;

/**
 * Asks the list's chain about a post that did not come in: the same rules, and nothing is stored, counted, answered or
 * said. Reads the database, in the caller's transaction.
 */
@ApplicationScoped
public class RuleTrial {

    private static final Reason ANSWERED = Reason.of("answered-automatically");

    private final IncomingPosts incomingPosts;

    protected RuleTrial() {
        this(null);
    }

    @Inject
    public RuleTrial(IncomingPosts incomingPosts) {
        this.incomingPosts = incomingPosts;
    }

    /** What a rule said. */
    public enum Said {
        HIT,
        MISS,
        /** One before it had decided. */
        NOT_ASKED
    }

    /**
     * A rule in its place.
     *
     * @param then what its hit leads to
     * @param finding empty: it did not hit
     */
    public record Answer(String rule, Then then, Said said, Optional<Finding> finding) {

        /** Whether it hit, and the others were asked all the same. */
        public boolean isDeferred() {
            return said == Said.HIT && then == Then.DEFER;
        }
    }

    /**
     * What the rules would do.
     *
     * @param answers in the order in which they are asked; all of them
     * @param standing what the sender is to the list; empty: nobody was asked
     * @param marks for the pipeline
     * @param urgent whether it would wait for no digest
     */
    public record Tried(
            String chain,
            List<Answer> answers,
            Disposition disposition,
            Optional<Standing> standing,
            RuleMarks marks,
            boolean urgent) {

        /** The reasons as moderators read them; none for what is accepted. */
        public List<Reason> reasons() {
            if (disposition instanceof Disposition.Hold hold) {
                return hold.reasons();
            }
            if (disposition instanceof Disposition.Reject reject) {
                return List.of(reject.reason());
            }
            return disposition instanceof Discard discard ? List.of(discard.reason()) : List.of();
        }
    }

    /**
     * @param list also one with settings that are stored nowhere
     * @param posting as it would be if it came in now
     */
    public Tried of(MailingList list, Octets message, Posting posting) throws IOException {
        Chain chain = Chains.posting(list.posting().getPostingChain());
        if (list.autoresponses().getAutorespondPostings() == ResponseAction.RESPOND_AND_DISCARD) {
            Ruling none = new Ruling(new Discard("", ANSWERED), List.of(), List.of());
            return new Tried(
                    chain.name(), answers(chain, none), none.disposition(), Optional.empty(), none.marks(), false);
        }
        IncomingPost post = incomingPosts.readUnstored(list, message, posting);
        Ruling ruling = chain.decide(post);
        return new Tried(
                chain.name(),
                answers(chain, ruling),
                ruling.disposition(),
                Optional.of(post.standing()),
                ruling.marks(),
                ruling.disposition() instanceof Accept && post.urgency().get() == Urgency.GRANTED);
    }

    private static List<Answer> answers(Chain chain, Ruling ruling) {
        return chain.links().stream().map(link -> answer(link, ruling)).toList();
    }

    private static Answer answer(Chain.Link link, Ruling ruling) {
        String rule = link.rule().name();
        Optional<Finding> hit =
                ruling.hits().stream().filter(each -> each.rule().equals(rule)).findFirst();
        Said said = hit.isPresent() ? Said.HIT : ruling.misses().contains(rule) ? Said.MISS : Said.NOT_ASKED;
        return new Answer(rule, link.then(), said, hit);
    }
}
