package org.posthorn.delivery;

import java.util.Optional;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.ReversePath;
import org.posthorn.mail.Verp;
import org.posthorn.queue.QueueEntry;

/**
 * How an entry's copies leave.
 *
 * @param personal whether each recipient gets a transaction, and with VERP a reverse-path, of its own
 * @param bounces where errors go; empty for the null path
 */
record Envelope(boolean personal, Optional<EmailAddress> bounces) {

    static Envelope of(QueueEntry entry) {
        String personalize = entry.attributes().getOrDefault("personalize", "none");
        String bounces = entry.attributes().getOrDefault("bounces", "");
        return new Envelope(!personalize.equals("none"), EmailAddress.parse(bounces));
    }

    /** @return the reverse-path of a copy; with VERP where personal and possible */
    ReversePath reversePath(String recipient) {
        if (bounces.isEmpty()) {
            return new ReversePath.NullPath();
        }
        Optional<EmailAddress> verp = personal
                ? EmailAddress.parse(recipient).flatMap(address -> Verp.encode(bounces.get(), address))
                : Optional.empty();
        return new ReversePath.Mailbox(verp.orElse(bounces.get()));
    }
}
