package org.posthorn.pipeline.attachment;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.posthorn.template.Texts;

/** What stands in a post in the place of a part that is kept on the site. */
final class AttachmentNotice {

    private AttachmentNotice() {}

    /**
     * @param baseUrl what the list's pages are under, without a slash at its end
     * @return lines ended by LF
     */
    static String of(Attachment attachment, String language, String baseUrl) {
        String name =
                attachment.name().isEmpty() ? Texts.fill(language, "attachment.unnamed", Map.of()) : attachment.name();
        Map<String, String> values = Map.of(
                "name",
                name,
                "type",
                attachment.type(),
                "size",
                size(attachment.sizeBytes()),
                "link",
                baseUrl + "/attachments/" + attachment.token());
        String until = attachment
                .expires()
                .map(instant -> Texts.fill(
                        language,
                        "attachment.until",
                        Map.of(
                                "date",
                                LocalDate.ofInstant(instant, ZoneOffset.UTC).toString())))
                .orElseGet(() -> Texts.fill(language, "attachment.always", Map.of()));
        String who = attachment.open() ? "" : Texts.fill(language, "attachment.members", Map.of());
        return Texts.fill(language, "attachment.notice", values) + until + who;
    }

    /** As people say it, in units of 1024. */
    static String size(long octets) {
        if (octets < 1024) {
            return octets + " B";
        }
        if (octets < 1024 * 1024) {
            return octets / 1024 + " KiB";
        }
        return String.format(Locale.ROOT, "%.1f MiB", octets / (1024.0 * 1024));
    }
}
