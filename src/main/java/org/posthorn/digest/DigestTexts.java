package org.posthorn.digest;

import java.util.Map;
import org.posthorn.list.MailingList;
import org.posthorn.mail.reading.Attachment;
import org.posthorn.platform.Text;
import org.posthorn.template.TemplateName;
import org.posthorn.template.Templates;
import org.posthorn.template.Texts;

/** What digests say of themselves, in the list's language; the site's own texts where there are. Lines end in LF. */
final class DigestTexts {

    private static final int LONGEST_NAME = 200;

    private final MailingList list;
    private final Templates templates;
    private final String language;

    DigestTexts(MailingList list, Templates templates) {
        this.list = list;
        this.templates = templates;
        this.language = list.presentation().getPreferredLanguage();
    }

    private String name() {
        return Text.line(list.presentation().getDisplayName(), LONGEST_NAME).strip();
    }

    String subject(Issue issue) {
        return fill(
                "subject",
                Map.of(
                        "display_name", name(),
                        "volume", Integer.toString(issue.volume()),
                        "number", Integer.toString(issue.number())));
    }

    String masthead() {
        return templates
                .text(
                        list,
                        TemplateName.DIGEST_MASTHEAD,
                        language,
                        "digest.masthead",
                        Map.of(
                                "display_name", name(),
                                "list", list.getFqdnListname(),
                                "request", list.address("request"),
                                "owner", list.address("owner")))
                .strip();
    }

    /** What the site wants above the topics; empty: nothing. */
    String header() {
        return templates
                .find(list, TemplateName.DIGEST_HEADER, language)
                .map(text -> templates.text(list, TemplateName.DIGEST_HEADER, language, "digest.end", Map.of()))
                .orElse("")
                .strip();
    }

    String footer() {
        return templates
                .text(
                        list,
                        TemplateName.DIGEST_FOOTER,
                        language,
                        "footer.text",
                        Map.of("display_name", name(), "list", list.getFqdnListname(), "leave", list.address("leave")))
                .strip();
    }

    String topics(int messages) {
        return fill("topics", Map.of("count", Integer.toString(messages)));
    }

    String end(Issue issue) {
        return fill("end", Map.of("digest", subject(issue)));
    }

    String withoutSubject() {
        return fill("no-subject", Map.of());
    }

    /** The name of the last section of a plain digest. */
    String footerSubject() {
        return fill("footer", Map.of());
    }

    /** In the place of a part that is no text. */
    String left(Attachment part) {
        return fill(
                "left",
                Map.of(
                        "name",
                        part.name().isEmpty() ? fill("unnamed", Map.of()) : part.name(),
                        "type",
                        Text.line(part.type(), LONGEST_NAME),
                        "size",
                        Long.toString((part.octets() + 1023) / 1024)));
    }

    /** In the place of a text that cannot be read. */
    String unshown() {
        return fill("unshown", Map.of());
    }

    private String fill(String key, Map<String, String> values) {
        return Texts.fill(language, "digest." + key, values);
    }
}
