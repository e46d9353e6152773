package org.posthorn.moderation.rule;

import java.util.Locale;
import org.posthorn.list.MailingList;
import org.posthorn.moderation.IncomingPost;
import org.posthorn.moderation.Reason;
import org.posthorn.moderation.Rule;
import org.posthorn.moderation.Verdict;

/** The message has been through this list before: its own addresses stand in it already. */
public final class Loop implements Rule {

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public Verdict check(IncomingPost post) {
        MailingList list = post.list();
        boolean seen = seen(post, list.getListId(), list.getFqdnListname())
                || list.getFormerNames().stream()
                        .anyMatch(former -> seen(post, former.getListId(), former.getFqdnListname()));
        return Verdict.hitIf(seen, Reason.of("loop"));
    }

    private static boolean seen(IncomingPost post, String listId, String address) {
        return names(post, "List-Post", "<mailto:" + address)
                || names(post, "List-Id", "<" + listId)
                || names(post, "X-BeenThere", address);
    }

    private static boolean names(IncomingPost post, String field, String what) {
        return post.header().values(field).stream()
                .map(value -> value.strip().toLowerCase(Locale.ROOT))
                .anyMatch(value -> holds(value, what));
    }

    /** A longer name that only begins, or ends, like the list's is another list's. */
    private static boolean holds(String value, String what) {
        int at = value.indexOf(what);
        int end = at + what.length();
        return at >= 0
                && (at == 0 || what.startsWith("<"))
                && (end == value.length() || ">?".indexOf(value.charAt(end)) >= 0);
    }
}
