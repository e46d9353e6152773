package org.posthorn.moderation;

import java.util.ArrayList;
import java.util.List;
import org.posthorn.list.Action;
import org.posthorn.moderation.Disposition.Accept;
import org.posthorn.moderation.Disposition.Discard;
import org.posthorn.moderation.Disposition.Hold;
import org.posthorn.moderation.Disposition.Reject;
import org.posthorn.moderation.Ruling.Finding;
import org.posthorn.moderation.Verdict.Hit;

/**
 * Asks rules in order and turns their hits into a fate. A hit jumps to its fate at once, or is deferred: the other rules
 * are asked too, and what was deferred leads to a hold at the end. Without any hit a post is accepted.
 *
 * @param name Mailman's name of the chain
 * @param links the rules and what a hit of each leads to
 */
public record Chain(String name, List<Link> links) {

    /** A rule and what its hit leads to. */
    public record Link(Rule rule, Then then) {}

    /** What a hit leads to. */
    public enum Then {
        ACCEPT,
        HOLD,
        REJECT,
        DISCARD,
        /** The action that comes with the hit: the list's choice for this sender, or for this header field. */
        AS_CHOSEN,
        /** Go on, and hold it in the end, with all reasons. */
        DEFER
    }

    public Ruling decide(IncomingPost post) {
        List<Finding> hits = new ArrayList<>();
        List<String> misses = new ArrayList<>();
        for (Link link : links) {
            if (!(link.rule().check(post) instanceof Hit hit)) {
                misses.add(link.rule().name());
                continue;
            }
            hits.add(new Finding(link.rule().name(), hit.reason(), hit.note()));
            if (link.then() != Then.DEFER) {
                return new Ruling(fate(link.then(), hit, hits), List.copyOf(hits), List.copyOf(misses));
            }
        }
        Disposition end = hits.isEmpty() ? new Accept() : hold(hits);
        return new Ruling(end, List.copyOf(hits), List.copyOf(misses));
    }

    private static Disposition fate(Then then, Hit hit, List<Finding> hits) {
        Finding last = hits.get(hits.size() - 1);
        return switch (then) {
            case ACCEPT -> new Accept();
            case HOLD, DEFER -> hold(hits);
            case REJECT -> new Reject(last.reason());
            case DISCARD -> new Discard(last.rule(), last.reason());
            case AS_CHOSEN -> fate(chosen(hit.action()), hit, hits);
        };
    }

    private static Then chosen(Action action) {
        return switch (action) {
            case ACCEPT -> Then.ACCEPT;
            case HOLD -> Then.HOLD;
            case REJECT -> Then.REJECT;
            case DISCARD -> Then.DISCARD;
            case DEFER -> throw new IllegalStateException("a hit of the list's own choice cannot be without an action");
        };
    }

    private static Hold hold(List<Finding> hits) {
        return new Hold(
                hits.stream().map(Finding::reason).toList(),
                hits.stream().map(Finding::rule).toList());
    }
}
