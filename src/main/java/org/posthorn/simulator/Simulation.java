package org.posthorn.simulator;

import java.util.List;
import java.util.Optional;
import org.posthorn.list.WhoGets.Share;
import org.posthorn.moderation.RuleTrial;
import org.posthorn.pipeline.AudienceTrial;
import org.posthorn.pipeline.Ending;

/**
 * What would become of a message.
 *
 * @param fate by the rules and then the handlers
 * @param rules what each said
 * @param steps what each handler would change, in order; of a post that the rules do not accept: would change if a moderator
 *     accepted it
 * @param ending a handler's word that nothing of it can go out; empty: none ends its way
 * @param readers who would get it; empty: nothing of it goes out to members, or the handlers were stopped
 * @param mail the beginning of the source as it goes out: what is another in each copy is left empty in it
 * @param mailCut whether there is more of it
 * @param stopped whether the time was over before all handlers were tried
 * @param sender the reverse-path that it was tried with; empty for the null path
 */
public record Simulation(
        Fate fate,
        RuleTrial.Tried rules,
        List<Step> steps,
        Optional<Ending> ending,
        Optional<Readers> readers,
        List<String> mail,
        boolean mailCut,
        boolean stopped,
        String sender) {

    /** What becomes of a post. */
    public enum Fate {
        ACCEPT,
        HOLD,
        REJECT,
        DISCARD,
        /** To the owners, and nobody else. */
        FORWARD,
        /** It waits in the queue {@code bad}. */
        PRESERVE
    }

    /**
     * A handler.
     *
     * @param notes what it says in a post's trace; may hold text from mail
     */
    public record Step(String handler, Difference difference, List<String> notes) {}

    /**
     * Who would get it.
     *
     * @param counted how many there are of each kind
     * @param page some of those who get it by itself, in the order in which it would go out
     * @param after the last one's member id, where there may be more; empty: these are the last
     * @param asked what somebody who was asked about gets; empty: nobody was, or the address is no member's
     */
    public record Readers(
            AudienceTrial.Counted counted, List<String> page, Optional<Long> after, Optional<Share> asked) {}

    /**
     * @param language of whoever reads it
     * @return each reason as a sentence; none for what goes out
     */
    public List<String> reasons(String language) {
        if (!rules.reasons().isEmpty()) {
            return rules.reasons().stream().map(reason -> reason.in(language)).toList();
        }
        return ending.map(end -> List.of(end.why().in(language))).orElse(List.of());
    }
}
