package org.posthorn.simulator;

import java.util.List;
import java.util.Optional;
import org.posthorn.moderation.RuleTrial;
import org.posthorn.pipeline.Ending;

/**
 * What would become of a message.
 *
 * @param fate by the rules and then the handlers
 * @param rules what each said
 * @param steps what each handler would change, in order; of a post that the rules do not accept: would change if a moderator
 *     accepted it
 * @param ending a handler's word that nothing of it can go out; empty: none ends its way
 * @param stopped whether the time was over before all handlers were tried
 * @param sender the reverse-path that it was tried with; empty for the null path
 */
public record Simulation(
        Fate fate, RuleTrial.Tried rules, List<Step> steps, Optional<Ending> ending, boolean stopped, String sender) {

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
