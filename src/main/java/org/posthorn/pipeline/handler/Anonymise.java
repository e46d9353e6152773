package org.posthorn.pipeline.handler;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.NamedAddress;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;
import org.posthorn.template.ListAddress;

/**
 * On an anonymous list, takes out what tells who wrote, and puts the list in the author's place. What authors write into
 * the body themselves stays; so does the Message-ID, which threads need.
 */
public final class Anonymise implements Handler {

    private static final Set<String> TELLTALE = Set.of(
            "from",
            "sender",
            "reply-to",
            "received",
            "user-agent",
            "organization",
            "organisation",
            "face",
            "autocrypt",
            "openpgp",
            "dkim-signature",
            "domainkey-signature",
            "authentication-results",
            "received-spf",
            "return-path",
            "delivered-to",
            "mail-followup-to",
            "mail-reply-to",
            "errors-to",
            "feedback-id");

    @Override
    public String name() {
        return "anonymise";
    }

    @Override
    public void handle(Draft draft) {
        MailingList list = draft.list();
        if (!list.appearance().isAnonymousList()) {
            return;
        }
        HeaderBlock header = draft.header();
        header.remove(Anonymise::tellsWho);
        NamedAddress asList = new NamedAddress(list.presentation().getDisplayName(), ListAddress.of(list));
        header.setAddresses("From", List.of(asList));
        header.setAddresses("Reply-To", List.of(new NamedAddress("", ListAddress.of(list))));
    }

    private static boolean tellsWho(HeaderField field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return TELLTALE.contains(name)
                || name.startsWith("x-")
                || name.startsWith("arc-")
                || name.startsWith("resent-");
    }
}
