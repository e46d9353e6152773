package org.posthorn.moderation;

import static org.posthorn.moderation.Chain.Then.DEFER;
import static org.posthorn.moderation.Chain.Then.DISCARD;
import static org.posthorn.moderation.Chain.Then.HOLD;
import static org.posthorn.moderation.Chain.Then.MODERATION;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.posthorn.moderation.Chain.Link;
import org.posthorn.moderation.Chain.Then;
import org.posthorn.moderation.rule.BannedAddress;
import org.posthorn.moderation.rule.Emergency;
import org.posthorn.moderation.rule.ImplicitDest;
import org.posthorn.moderation.rule.Loop;
import org.posthorn.moderation.rule.MaxRecipients;
import org.posthorn.moderation.rule.MaxSize;
import org.posthorn.moderation.rule.MemberModeration;
import org.posthorn.moderation.rule.NonmemberModeration;

/** The posting policy. To add a rule, write it in {@code moderation.rule} and give it a line here. */
public final class Chains {

    /** What a post to the list goes through, from the top. Order matters: the first hit that does not defer decides. */
    public static final Chain DEFAULT_POSTING = new Chain(
            "default-posting-chain",
            List.of(
                    // It has been through this list already: whatever else it is, it must not go round again.
                    link(new Loop(), DISCARD),
                    // Banned from the list or the site. Silent, so that nobody learns whom the ban met.
                    link(new BannedAddress(), DISCARD),
                    // The owner has shut the list for the time being: everything waits, members' posts too.
                    link(new Emergency(), HOLD),
                    // The list's action for this member, or for members at large; "defer" misses.
                    link(new MemberModeration(), MODERATION),
                    // The same for everybody else. An "accept" here skips the rules below, as a member's does.
                    link(new NonmemberModeration(), MODERATION),
                    // From here on a hit alone is no verdict: all are asked, so that a moderator sees every reason.
                    link(new ImplicitDest(), DEFER),
                    link(new MaxRecipients(), DEFER),
                    link(new MaxSize(), DEFER)));

    /** What mail to the owners goes through: nobody is kept from them. */
    public static final Chain DEFAULT_OWNER = new Chain("default-owner-chain", List.of());

    private Chains() {}

    /** Mailman's names of the chains that there are, those that only carry out a fate too, in order. */
    public static List<String> names() {
        return Stream.concat(
                        Stream.of(DEFAULT_POSTING.name(), DEFAULT_OWNER.name()),
                        Stream.of(Then.values())
                                .filter(then -> then != DEFER)
                                .map(then ->
                                        then.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .sorted()
                .toList();
    }

    private static Link link(Rule rule, Then then) {
        return new Link(rule, then);
    }
}
