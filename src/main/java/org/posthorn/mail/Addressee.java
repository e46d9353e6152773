package org.posthorn.mail;

import java.util.Optional;

/**
 * Whom a copy is for.
 *
 * @param address as it is written to RCPT
 * @param name one line without controls; {@code ""} when nobody knows
 * @param language a tag such as {@code de}
 */
public record Addressee(String address, String name, String language) {

    /** For whom the copy is that all share: it tells of nobody. */
    static final Addressee NOBODY = new Addressee("", "", "");

    /** Takes what somebody wrote: what could end a line becomes a space. */
    public Addressee {
        address = FieldText.withoutControls(address);
        name = FieldText.withoutControls(name).strip();
    }

    /** @return empty when there is none, or what stands in the chunk is none */
    Optional<EmailAddress> mailbox() {
        return EmailAddress.parse(address);
    }
}
