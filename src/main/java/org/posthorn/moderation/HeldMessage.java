package org.posthorn.moderation;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A post that waits for a moderator.
 *
 * @param requestId its number for moderators and REST
 * @param messageId the stored message
 * @param sender the address that decided, or the reverse-path
 * @param messageIdField the Message-ID field's value; empty without one
 * @param reason in English, as REST has it
 * @param rules the names of the rules that hit
 */
public record HeldMessage(
        long requestId,
        long listId,
        long postingId,
        long messageId,
        String sender,
        String subject,
        String messageIdField,
        String reason,
        List<Reason> reasons,
        List<String> rules,
        Instant heldAt) {

    /** @return why it is held, as far as the texts are in that language */
    public String reason(Locale language) {
        return Reason.in(language.getLanguage(), reasons);
    }
}
