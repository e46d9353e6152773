package org.posthorn.command;

import org.posthorn.list.MailingList;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.HeaderBlock;

/**
 * A mail to the robot that a person wrote, as far as that can be seen.
 *
 * @param address what it was sent to: {@code request}, {@code join}, {@code leave} or {@code confirm}
 * @param subaddress what stood after the plus sign; empty without one
 * @param messageId the stored message
 * @param sizeBytes the stored message's
 * @param replyTo whom an answer goes to if nobody better is known: the reverse-path (RFC 3834 section 4)
 */
public record CommandMail(
        MailingList list,
        String address,
        String subaddress,
        long messageId,
        long sizeBytes,
        HeaderBlock header,
        EmailAddress replyTo) {}
