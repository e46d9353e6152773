package org.posthorn.list;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.posthorn.mail.EmailAddress;

/**
 * An address, or a pattern of addresses that begins with ^ and is looked for without regard to case. Patterns are
 * matched in linear time (RE2/J), since users write them.
 *
 * @param text the address's key, or the pattern as it was written
 * @param pattern null for an address
 */
public record AddressPattern(String text, Pattern pattern) {

    private static final int LONGEST = 1000;

    /**
     * @param field named in the error
     * @throws InvalidValueException when it is neither an address nor a pattern
     */
    public static AddressPattern parse(String field, String text) {
        String one = OneLine.required(field, text, LONGEST).strip();
        if (!one.startsWith("^")) {
            return new AddressPattern(
                    EmailAddress.parse(one)
                            .orElseThrow(() -> new InvalidValueException(
                                    field, text, "an address, or a pattern that begins with ^"))
                            .key(),
                    null);
        }
        try {
            return new AddressPattern(one, Pattern.compile(one, Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException(field, text, "a regular expression (RE2): " + e.getDescription());
        }
    }

    /** @param key an address in lower case */
    public boolean matches(String key) {
        return pattern == null ? text.equals(key) : pattern.matcher(key).find();
    }
}
