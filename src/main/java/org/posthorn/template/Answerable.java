package org.posthorn.template;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;

/** Whether a mail may be answered by a machine: not what machines, lists and mass mailers write (RFC 3834 section 2). */
public final class Answerable {

    private static final List<String> BULK = List.of("bulk", "list", "junk");
    private static final List<String> MACHINES =
            List.of("mailer-daemon", "postmaster", "noreply", "no-reply", "listserv", "majordomo");
    private static final List<String> MACHINE_SUFFIXES = List.of("-request", "-owner", "-bounces", "-relay");

    private Answerable() {}

    /**
     * @param reversePath empty for the null path
     * @return whom to answer; empty: nobody
     */
    public static Optional<EmailAddress> author(HeaderBlock header, String reversePath) {
        return EmailAddress.parse(reversePath)
                .filter(sender -> !isMachine(sender.local().toLowerCase(Locale.ROOT)) && isByAPerson(header));
    }

    private static boolean isByAPerson(HeaderBlock header) {
        return header.first("Auto-Submitted")
                        .map(value -> keyword(value).equals("no"))
                        .orElse(true)
                && !BULK.contains(
                        header.first("Precedence").map(Answerable::keyword).orElse(""))
                && header.first("List-Id").isEmpty()
                && header.first("X-Auto-Response-Suppress").isEmpty();
    }

    private static String keyword(String value) {
        return value.split("[;(]", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static boolean isMachine(String local) {
        return MACHINES.contains(local)
                || local.startsWith("owner-")
                || MACHINE_SUFFIXES.stream().anyMatch(suffix -> local.endsWith(suffix) || local.contains(suffix + "+"));
    }
}
