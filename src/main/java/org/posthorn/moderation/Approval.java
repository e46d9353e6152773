package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.posthorn.list.MailingList;
import org.posthorn.list.PasswordHash;
import org.posthorn.mail.ApprovedLine;
import org.posthorn.mail.HeaderBlock;

/**
 * Whether a post carries its list's moderator password: in a header field, else in the first line of its text. One is
 * looked at, no more: a check takes a tenth of a second. What was tried goes nowhere: not into logs, nor into traces, and
 * the pipeline takes it out.
 */
@ApplicationScoped
public class Approval {

    private final PasswordHash passwords;

    protected Approval() {
        this(null);
    }

    @Inject
    public Approval(PasswordHash passwords) {
        this.passwords = passwords;
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
        Optional<String> inHeader = inHeader(header);
        Optional<String> given = inHeader.isPresent() || sizeBytes > ApprovedLine.MAX_BODY
                ? inHeader
                : ApprovedLine.find(header, bodyStart).map(ApprovedLine::password);
        return given.filter(password -> passwords.matches(password, hash)).isPresent();
    }

    private static Optional<String> inHeader(HeaderBlock header) {
        return ApprovedLine.NAMES.stream()
                .flatMap(name -> header.all(name).stream())
                .map(String::strip)
                .filter(password -> !password.isEmpty())
                .findFirst();
    }
}
