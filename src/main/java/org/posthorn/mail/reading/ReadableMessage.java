package org.posthorn.mail.reading;

import java.util.List;

/**
 * What people get to see of a message. All of it is text as the sender wrote it: to be escaped wherever it is shown.
 *
 * @param fields those of the header that tell who wrote to whom about what, in a fixed order
 * @param text the text parts one after the other, lines ended by LF; empty without any
 * @param html the first HTML part as it came: only {@link SafeHtml} makes it fit to be shown; empty without one
 * @param attachments every other part, in order
 * @param textCut whether there is more text than is shown
 * @param htmlCut whether there is more HTML than is shown
 * @param partsLeftOut whether there are more parts, or deeper ones, than were looked at
 */
public record ReadableMessage(
        List<Field> fields,
        String text,
        String html,
        List<Attachment> attachments,
        boolean textCut,
        boolean htmlCut,
        boolean partsLeftOut) {

    /** A header field: its name as the standards write it, and its decoded value on one line. */
    public record Field(String name, String value) {}

    public ReadableMessage {
        fields = List.copyOf(fields);
        attachments = List.copyOf(attachments);
    }
}
