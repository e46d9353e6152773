package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.PasswordHash;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.queue.MessageStore;

/**
 * Whether a post carries its list's moderator password: to be approved, in a header field, else in the first line of its
 * text; to be urgent, in the field Urgent. One of each is looked at, no more: a check takes a tenth of a second. What was
 * tried goes nowhere: not into logs, nor into traces, and the pipeline takes it out.
 */
@ApplicationScoped
public class Approval {

    private static final List<String> URGENT = List.of("Urgent");

    private final PasswordHash passwords;
    private final MessageStore messages;

    protected Approval() {
        this(null, null);
    }

    @Inject
    public Approval(PasswordHash passwords, MessageStore messages) {
        this.passwords = passwords;
        this.messages = messages;
    }

    /**
     * @param bodyStart the body's first octets
     * @param sizeBytes the whole message's. In a large one the line does not count: nobody could be sure that the password
     *     is out of it
     */
    public boolean isGiven(MailingList list, HeaderBlock header, byte[] bodyStart, long sizeBytes) {
        String hash = list.posting().getModeratorPassword();
        if (hash.isEmpty()) {
            return false;
        }
        Optional<String> inHeader = first(ApprovedLine.NAMES, header);
        Optional<String> given = inHeader.isPresent() || sizeBytes > ApprovedLine.MAX_BODY
                ? inHeader
                : ApprovedLine.find(header, bodyStart).map(ApprovedLine::password);
        return given.filter(password -> passwords.matches(password, hash)).isPresent();
    }

    /** @param approved whether it carries the password that approves it: then its author may, whatever the field holds */
    public Urgency urgency(MailingList list, HeaderBlock header, boolean approved) {
        if (!header.has(URGENT.get(0))) {
            return Urgency.NOT_ASKED;
        }
        String hash = list.posting().getModeratorPassword();
        boolean granted = approved
                || !hash.isEmpty()
                        && first(URGENT, header)
                                .filter(password -> passwords.matches(password, hash))
                                .isPresent();
        return granted ? Urgency.GRANTED : Urgency.REFUSED;
    }

    /** For a post that has waited: by the list's password as it is now. */
    Urgency urgency(MailingList list, long messageId) {
        return urgency(list, StoredHeader.of(messages, messageId), false);
    }

    private static Optional<String> first(List<String> names, HeaderBlock header) {
        return names.stream()
                .flatMap(name -> header.all(name).stream())
                .map(String::strip)
                .filter(password -> !password.isEmpty())
                .findFirst();
    }
}
