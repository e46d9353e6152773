package org.posthorn.delivery.smtp;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.posthorn.mail.ReversePath;

/**
 * One mail transaction (RFC 5321 section 3.3).
 *
 * @param recipients 1 or more, as they are written to RCPT
 * @param isOurs asked once more before the message itself leaves, since the server may have let the envelope wait for
 *     minutes: whether it is still for us to send
 */
public record Transaction(
        ReversePath reversePath, List<String> recipients, MessageCopy message, BooleanSupplier isOurs) {

    public Transaction(ReversePath reversePath, List<String> recipients, MessageCopy message) {
        this(reversePath, recipients, message, () -> true);
    }
}
