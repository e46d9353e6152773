package org.posthorn.template;

import java.util.List;
import org.posthorn.mail.EmailAddress;
import org.posthorn.mail.NamedAddress;

/**
 * A stored mail that is sent on to some people, attached to a mail of ours: as it came, but for a moderator's password.
 *
 * @param listId the list it is about
 * @param from an address of the list
 * @param to at least one; each is sent it apart from the others
 * @param subject a line of text, not encoded
 * @param text plain text; lines end in LF
 * @param messageId the stored mail
 */
public record Forward(
        Long listId, NamedAddress from, List<EmailAddress> to, String subject, String text, long messageId) {}
