package org.posthorn.template;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;

/** Whether a mail may be answered by a machine: not what machines, lists and mass mailers write (RFC 3834 section 2). */
public final class Answerable {

    private static final List<String> BULK = List.of("bulk", "list", "junk");
    /** Fields of automatic mail, in lower case. Not Feedback-ID: some providers give it to what people write, too. */
    private static final List<String> SIGNS = List.of("x-auto-response-suppress", "x-autoreply", "x-autorespond");

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

    /**
     * Whoever wrote, though their address may be called like a machine's: they say the same in the one From address as in the reverse-path,
     * which what reports about somebody else's mail does not. For those who are known besides.
     *
     * @param reversePath empty for the null path
     * @return empty: it is a machine's by its header, or it is not certain
     */
    public static Optional<EmailAddress> knownAuthor(HeaderBlock header, String reversePath) {
        List<NamedAddress> from = header.addresses("From");
        return EmailAddress.parse(reversePath)
                .filter(sender ->
                        from.size() == 1 && from.get(0).address().key().equals(sender.key()) && isByAPerson(header));
    }

    private static boolean isByAPerson(HeaderBlock header) {
        return header.first("Auto-Submitted")
                        .map(value -> keyword(value).equals("no"))
                        .orElse(true)
                && !BULK.contains(
                        header.first("Precedence").map(Answerable::keyword).orElse(""))
                && !header.first("Content-Type")
                        .map(Answerable::keyword)
                        .orElse("")
                        .equals("multipart/report")
                && header.fields().stream()
                        .map(field -> field.name().toLowerCase(Locale.ROOT))
                        .noneMatch(name -> name.startsWith("list-") || SIGNS.contains(name));
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
