package org.posthorn.moderation;

import static org.posthorn.moderation.Chain.Then.ACCEPT;
import static org.posthorn.moderation.Chain.Then.AS_CHOSEN;
import static org.posthorn.moderation.Chain.Then.DEFER;
import static org.posthorn.moderation.Chain.Then.DISCARD;
import static org.posthorn.moderation.Chain.Then.HOLD;
import static org.posthorn.moderation.Chain.Then.REJECT;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.posthorn.list.PostingPolicy;
import org.posthorn.moderation.Chain.Link;
import org.posthorn.moderation.Chain.Then;
import org.posthorn.moderation.rule.Administrivia;
import org.posthorn.moderation.rule.Approved;
import org.posthorn.moderation.rule.BannedAddress;
import org.posthorn.moderation.rule.Digests;
import org.posthorn.moderation.rule.Emergency;
import org.posthorn.moderation.rule.HeaderMatch;
import org.posthorn.moderation.rule.ImplicitDest;
import org.posthorn.moderation.rule.Loop;
import org.posthorn.moderation.rule.MaxRecipients;
import org.posthorn.moderation.rule.MaxSize;
import org.posthorn.moderation.rule.MemberModeration;
import org.posthorn.moderation.rule.MemberVerbosity;
import org.posthorn.moderation.rule.NewMember;
import org.posthorn.moderation.rule.NewsModeration;
import org.posthorn.moderation.rule.NoSenders;
import org.posthorn.moderation.rule.NoSubject;
import org.posthorn.moderation.rule.NonmemberModeration;
import org.posthorn.moderation.rule.SuspiciousHeader;
import org.posthorn.moderation.rule.Truth;
import org.posthorn.moderation.rule.Urgent;

/** The posting policy. To add a rule, write it in {@code moderation.rule} and give it a line here. */
public final class Chains {

    /** What a post to the list goes through, from the top. Order matters: the first hit that does not defer decides. */
    public static final Chain DEFAULT_POSTING = new Chain(
            "default-posting-chain",
            List.of(
                    // Nobody stands for it. Mail of programs that broke, and spam.
                    link(new NoSenders(), DISCARD),
                    // It carries the moderator password: nothing below is asked, not even whether the list is shut.
                    link(new Approved(), ACCEPT),
                    // It has been through this list already: whatever else it is, it must not go round again.
                    link(new Loop(), DISCARD),
                    // Banned from the list or the site. Silent, so that nobody learns whom the ban met.
                    link(new BannedAddress(), DISCARD),
                    // The site's and the list's checks of header fields, such as a spam filter's verdict.
                    link(new HeaderMatch(), AS_CHOSEN),
                    // Of one who may post it asks to wait for no digest, without the password. Its author would believe
                    // that it went to all.
                    link(new Urgent(), REJECT),
                    // The owner has shut the list for the time being: everything waits, members' posts too.
                    link(new Emergency(), HOLD),
                    // The list's action for this member, or for members at large; "defer" misses.
                    link(new MemberModeration(), AS_CHOSEN),
                    // The same for everybody else. An "accept" here skips the rules below, as a member's does.
                    link(new NonmemberModeration(), AS_CHOSEN),
                    // From here on a hit alone is no verdict: all are asked, so that a moderator sees every reason.
                    link(new MemberVerbosity(), DEFER),
                    // A member who has just joined.
                    link(new NewMember(), DEFER),
                    link(new Administrivia(), DEFER),
                    link(new ImplicitDest(), DEFER),
                    link(new MaxRecipients(), DEFER),
                    link(new MaxSize(), DEFER),
                    link(new NewsModeration(), DEFER),
                    link(new NoSubject(), DEFER),
                    link(new Digests(), DEFER),
                    link(new SuspiciousHeader(), DEFER)));

    /** What mail to the owners goes through: nobody is kept from them. */
    public static final Chain DEFAULT_OWNER = new Chain("default-owner-chain", List.of());

    /** Mailman's chains that have one answer for whatever comes. */
    private static final List<Chain> ONE_ANSWER = List.of(
            new Chain("accept", List.of()),
            new Chain("hold", List.of(link(new Truth(), HOLD))),
            new Chain("reject", List.of(link(new Truth(), REJECT))),
            new Chain("discard", List.of(link(new Truth(), DISCARD))));

    /** Mailman has chains of their own for what stands in the default posting chain here, or (DMARC) is to come. */
    private static final List<String> LED_TO = List.of("dmarc", "header-match", "moderation");

    private Chains() {}

    /** Mailman's names of chains, in order: those that a list can name, and those to which only others lead. */
    public static List<String> names() {
        return Stream.of(PostingPolicy.POSTING_CHAINS, PostingPolicy.OWNER_CHAINS, LED_TO)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .toList();
    }

    /** @return the list's chain for posts; the default one where it names none of {@link PostingPolicy#POSTING_CHAINS} */
    public static Chain posting(String name) {
        return named(name, PostingPolicy.POSTING_CHAINS).orElse(DEFAULT_POSTING);
    }

    /** @return the list's chain for mail to its owners; the default one where it names none of {@link PostingPolicy#OWNER_CHAINS} */
    public static Chain owner(String name) {
        return named(name, PostingPolicy.OWNER_CHAINS).orElse(DEFAULT_OWNER);
    }

    private static Optional<Chain> named(String name, List<String> possible) {
        return Stream.concat(Stream.of(DEFAULT_POSTING, DEFAULT_OWNER), ONE_ANSWER.stream())
                .filter(chain -> chain.name().equals(name) && possible.contains(name))
                .findFirst();
    }

    private static Link link(Rule rule, Then then) {
        return new Link(rule, then);
    }
}
