package org.posthorn.mail;

/**
 * A mailbox of a header field (RFC 5322 section 3.4).
 *
 * @param name the display name, decoded; {@code ""} without one
 */
public record NamedAddress(String name, EmailAddress address) {

    /** @return as it stands in a header: the name quoted or encoded as it needs */
    public String header() {
        String clean = FieldText.withoutControls(name).strip();
        if (clean.isEmpty()) {
            return address.address();
        }
        return phrase(clean) + " <" + address.address() + ">";
    }

    private static String phrase(String name) {
        if (name.length() > 200 || name.contains("=?") || !name.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return EncodedWords.encode(name);
        }
        boolean atoms = name.chars().allMatch(c -> c == ' ' || c != '.' && LocalPart.isAtomCharacter(c));
        return atoms ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
