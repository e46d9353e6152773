package org.posthorn.template;

import java.time.Instant;
import java.util.Optional;

/**
 * A text that was written here in the place of Posthorn's own.
 *
 * @param language a tag such as {@code de}, lower case; empty: it counts whatever the language
 * @param content as it was written, with its variables; may be empty
 * @param version grows with each change, from 1
 */
public record TemplateText(
        long id, String context, TemplateName name, String language, String content, int version, Instant changedAt) {

    /** What stands for no language in paths and forms. */
    public static final String ANY_LANGUAGE = "any";

    /** @return what tells apart two states of a place for a text: one that was taken away and written anew is another one */
    public static String mark(Optional<TemplateText> text) {
        return text.map(row -> row.id() + "." + row.version()).orElse("");
    }

    @Override
    public String toString() {
        return "TemplateText[" + context + " " + name.label() + " " + language + "]";
    }
}
