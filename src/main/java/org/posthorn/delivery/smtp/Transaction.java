package org.posthorn.delivery.smtp;

import java.util.List;
import org.posthorn.mail.ReversePath;

/**
 * One mail transaction (RFC 5321 section 3.3).
 *
 * @param recipients 1 or more, as they are written to RCPT
 */
public record Transaction(ReversePath reversePath, List<String> recipients, MessageCopy message) {}
