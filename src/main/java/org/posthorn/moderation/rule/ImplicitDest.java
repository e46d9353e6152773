package org.posthorn.moderation.rule;

import java.util.List;
import java.util.Locale;
import org.posthorn.list.MailingList;
import org.posthorn.moderation.AddressPatterns;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** The list stands neither in To nor in Cc, under none of its names: a blind copy, usually spam. */
public final class ImplicitDest implements Rule {

    @Override
    public String name() {
        return "implicit-dest";
    }

    @Override
    public Verdict check(IncomingPost post) {
        boolean asked = post.list().posting().isRequireExplicitDestination();
        return Verdict.hitIf(
                asked
                        && !post.header()
                                .anyAddress(
                                        address -> isList(post.list(), address.key()),
                                        "To",
                                        "Cc",
                                        "Resent-To",
                                        "Resent-Cc"),
                Reason.of("implicit-destination"));
    }

    private static boolean isList(MailingList list, String address) {
        return list.isPostingAddress(address)
                || list.getDomain().getAliases().stream()
                        .anyMatch(alias -> address.equals(list.getListName() + "@" + alias.toLowerCase(Locale.ROOT)))
                || isAlias(list.posting().getAcceptableAliases(), address);
    }

    /** An alias without a domain is a local part in any domain, as in Mailman. */
    private static boolean isAlias(List<String> aliases, String address) {
        String localPart = address.substring(0, Math.max(0, address.lastIndexOf('@')));
        return AddressPatterns.firstMatch(aliases, address).isPresent()
                || aliases.stream()
                        .anyMatch(alias -> !alias.contains("@")
                                && !alias.startsWith("^")
                                && alias.strip().equalsIgnoreCase(localPart));
    }
}
