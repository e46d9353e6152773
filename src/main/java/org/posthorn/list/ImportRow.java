package org.posthorn.list;

import java.util.Map;
import org.posthorn.mail.EmailAddress;

/**
 * A row of an import. What the row leaves empty says nothing and changes nothing.
 *
 * @param line where it begins
 * @param displayName may be null
 * @param mode may be null
 * @param language may be null
 * @param attributes may be empty
 */
record ImportRow(
        long line,
        EmailAddress email,
        String displayName,
        DeliveryMode mode,
        String language,
        Map<String, String> attributes) {

    boolean saysTheSameAs(ImportRow other) {
        return new ImportRow(other.line, email, displayName, mode, language, attributes).equals(other);
    }
}
