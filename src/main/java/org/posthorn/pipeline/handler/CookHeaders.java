package org.posthorn.pipeline.handler;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.posthorn.list.MailAppearance;
import org.posthorn.list.MailingList;
import org.posthorn.list.Personalization;
import org.posthorn.list.ReplyGoesTo;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.template.ListAddress;

/**
 * Marks the message as the list's (X-BeenThere, Precedence, so that machines leave it unanswered and it does not come
 * round again) and directs replies as the list wants it. Auto-Submitted stays as it is: it is the author's.
 */
public final class CookHeaders implements Handler {

    @Override
    public String name() {
        return "cook-headers";
    }

    @Override
    public void handle(Draft draft) {
        HeaderBlock header = draft.header();
        header.add("X-BeenThere", draft.list().getFqdnListname());
        if (!header.has("Precedence")) {
            header.add("Precedence", "list");
        }
        directReplies(draft.list(), header);
        stayAddressed(draft.list(), header);
    }

    /** Where each copy's To names its recipient, a reply to all is to reach the list by Cc; on an anonymous one From does. */
    private static void stayAddressed(MailingList list, HeaderBlock header) {
        MailAppearance appearance = list.appearance();
        EmailAddress posting = ListAddress.of(list);
        List<NamedAddress> copied = new ArrayList<>(header.addresses("Cc"));
        if (appearance.getPersonalize() != Personalization.FULL
                || appearance.getReplyGoesToList() == ReplyGoesTo.POINT_TO_LIST
                || appearance.isAnonymousList()
                || copied.stream().anyMatch(named -> named.address().equals(posting))) {
            return;
        }
        copied.add(new NamedAddress(list.presentation().getDisplayName(), posting));
        header.setAddresses("Cc", copied);
    }

    private static void directReplies(MailingList list, HeaderBlock header) {
        MailAppearance appearance = list.appearance();
        if (appearance.getReplyGoesToList() == ReplyGoesTo.NO_MUNGING && !appearance.isFirstStripReplyTo()) {
            return;
        }
        List<NamedAddress> original = header.addresses("Reply-To");
        header.remove("Reply-To");
        List<NamedAddress> replyTo = replyTo(list, original);
        if (!replyTo.isEmpty()) {
            header.setAddresses("Reply-To", replyTo);
        }
    }

    /** Each address once, the list's wish first where there is one, the list itself last. */
    private static List<NamedAddress> replyTo(MailingList list, List<NamedAddress> original) {
        ReplyGoesTo goesTo = list.appearance().getReplyGoesToList();
        Map<EmailAddress, NamedAddress> replyTo = new LinkedHashMap<>();
        if (goesTo == ReplyGoesTo.EXPLICIT_HEADER || goesTo == ReplyGoesTo.EXPLICIT_HEADER_ONLY) {
            EmailAddress.parse(list.appearance().getReplyToAddress().strip())
                    .ifPresent(address -> replyTo.put(address, new NamedAddress("", address)));
        }
        if (!list.appearance().isFirstStripReplyTo() && goesTo != ReplyGoesTo.EXPLICIT_HEADER_ONLY) {
            original.forEach(address -> replyTo.putIfAbsent(address.address(), address));
        }
        if (goesTo == ReplyGoesTo.POINT_TO_LIST) {
            EmailAddress posting = ListAddress.of(list);
            replyTo.putIfAbsent(posting, new NamedAddress(list.presentation().getDisplayName(), posting));
        }
        return new ArrayList<>(replyTo.values());
    }
}
