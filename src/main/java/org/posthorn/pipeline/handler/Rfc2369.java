package org.posthorn.pipeline.handler;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.posthorn.list.ArchivePolicy;
import org.posthorn.list.MailingList;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Says which list it is (RFC 2919) and how to deal with it (RFC 2369). Other lists' fields go: a message that came by
 * another list is this list's now. Of several URLs a reader takes the first that it can use: mail comes first.
 */
public final class Rfc2369 implements Handler {

    private static final String SEPARATOR = ", ";
    private static final String SPECIALS = "()<>[]:;@\\,.\"";

    @Override
    public String name() {
        return "rfc-2369";
    }

    @Override
    public void handle(Draft draft) {
        MailingList list = draft.list();
        HeaderBlock header = draft.header();
        header.remove(field -> field.name().toLowerCase(Locale.ROOT).startsWith("list-"));
        header.add(
                "List-Id",
                (phrase(list.presentation().getDisplayName()) + " <" + list.getHeaderListId() + ">").strip());
        if (!list.appearance().isIncludeRfc2369Headers()) {
            return;
        }
        String page = page(draft);
        header.add("List-Help", mailto(list.address("request")).replace(">", "?subject=help>") + page);
        header.add("List-Owner", mailto(list.address("owner")));
        header.add("List-Post", list.posting().isAllowListPosts() ? mailto(list.getFqdnListname()) : "NO");
        header.add("List-Subscribe", mailto(list.address("join")) + page);
        header.add("List-Unsubscribe", mailto(list.address("leave")) + page);
        if (!page.isEmpty() && list.archiving().getArchivePolicy() != ArchivePolicy.NEVER) {
            header.add("List-Archive", page.substring(SEPARATOR.length()));
        }
    }

    /** The list's page says how to join, leave, write and read; that of a list which is not advertised is for nobody to see. */
    private static String page(Draft draft) {
        return draft.list().presentation().isAdvertised()
                ? SEPARATOR + "<" + draft.baseUrl() + "/lists/" + draft.list().getListId() + ">"
                : "";
    }

    /** A name that is safe before the list's id: what means something in an address field is left out. */
    private static String phrase(String name) {
        StringBuilder phrase = new StringBuilder();
        name.codePoints().filter(c -> SPECIALS.indexOf(c) < 0).limit(200).forEach(phrase::appendCodePoint);
        return phrase.toString().replaceAll("\\s+", " ").strip();
    }

    /** RFC 6068: what means something in a URL, or to the field, is escaped. */
    private static String mailto(String address) {
        StringBuilder url = new StringBuilder("<mailto:");
        for (char c : address.toCharArray()) {
            if (c > ' ' && c < 0x7f && "%?#&<>\"[]\\^`{|}/;:,".indexOf(c) < 0) {
                url.append(c);
            } else {
                for (byte octet : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    url.append(String.format("%%%02X", octet));
                }
            }
        }
        return url.append('>').toString();
    }
}
