package org.posthorn.template;

import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;

/** A list's own addresses, as addresses. */
public final class ListAddress {

    private ListAddress() {}

    /** @param suffix e.g. {@code owner} */
    public static EmailAddress of(MailingList list, String suffix) {
        return parse(list.address(suffix));
    }

    /** The posting address. */
    public static EmailAddress of(MailingList list) {
        return parse(list.getFqdnListname());
    }

    private static EmailAddress parse(String address) {
        return EmailAddress.parse(address)
                .orElseThrow(() -> new IllegalStateException("a list's address cannot be none: " + address));
    }
}
