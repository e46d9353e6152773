package org.posthorn.moderation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.list.Action;
import org.posthorn.list.MailingList;
import org.posthorn.list.PostingPolicy;
import org.posthorn.moderation.People.Known;

/**
 * Finds out what senders are to a list. The first address that is a member's decides. Without one, the first that the
 * list says something about as a nonmember; else the default for nonmembers.
 */
final class SenderStanding {

    private static final Reason MODERATED = Reason.of("moderated-member");
    private static final Reason NOT_A_MEMBER = Reason.of("nonmember");

    private final MailingList list;
    private final PostingPolicy policy;
    private final People people;

    SenderStanding(MailingList list, People people) {
        this.list = list;
        this.policy = list.posting();
        this.people = people;
    }

    Standing of(List<String> senders) {
        for (String sender : senders) {
            Optional<Known> member = people.member(list, sender);
            if (member.isPresent()) {
                return member(sender, member.get());
            }
        }
        for (String sender : senders) {
            Optional<Standing> nonmember = people.nonmember(list, sender)
                    .flatMap(Known::own)
                    .map(action -> nonmember(sender, action, NOT_A_MEMBER))
                    .or(() -> named(sender));
            if (nonmember.isPresent()) {
                return nonmember.get();
            }
        }
        return nonmember(senders.isEmpty() ? "" : senders.get(0), policy.getDefaultNonmemberAction(), NOT_A_MEMBER);
    }

    private Standing member(String sender, Known member) {
        Action action = member.own().orElse(policy.getDefaultMemberAction());
        return new Standing(
                sender,
                true,
                action,
                MODERATED,
                member.own().isPresent() ? Optional.empty() : Optional.of(member.since()));
    }

    private static Standing nonmember(String sender, Action action, Reason reason) {
        return new Standing(sender, false, action, reason);
    }

    /** The list's own lists of nonmembers, the friendliest first. */
    private Optional<Standing> named(String sender) {
        return named(sender, policy.getAcceptTheseNonmembers(), Action.ACCEPT)
                .or(() -> memberElsewhere(sender))
                .or(() -> named(sender, policy.getHoldTheseNonmembers(), Action.HOLD))
                .or(() -> named(sender, policy.getRejectTheseNonmembers(), Action.REJECT))
                .or(() -> named(sender, policy.getDiscardTheseNonmembers(), Action.DISCARD));
    }

    private Optional<Standing> named(String sender, List<String> patterns, Action action) {
        return AddressPatterns.firstMatch(patterns, sender)
                .map(pattern -> nonmember(
                        sender,
                        action,
                        Reason.of("named-nonmember-" + action.name().toLowerCase(Locale.ROOT))));
    }

    /** {@code @list@example.com} among the accepted ones stands for that list's members. */
    private Optional<Standing> memberElsewhere(String sender) {
        return policy.getAcceptTheseNonmembers().stream()
                .filter(entry -> entry.startsWith("@") && entry.indexOf('@', 1) > 0)
                .filter(entry -> people.isMemberOf(entry.substring(1).toLowerCase(Locale.ROOT), sender))
                .findFirst()
                .map(entry ->
                        nonmember(sender, Action.ACCEPT, Reason.of("member-elsewhere", "list", entry.substring(1))));
    }
}
