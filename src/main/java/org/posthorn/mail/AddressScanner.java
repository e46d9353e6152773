package org.posthorn.mail;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Reads the mailboxes of a field like To (RFC 5322 section 3.4) leniently, one after the other, in linear time: groups are
 * flattened, comments passed over, and a quote, parenthesis or angle bracket that never closes is an ordinary character.
 */
final class AddressScanner {

    /** How many a list of addresses holds at the most; tests go on beyond. */
    static final int MAX_LISTED = 2000;

    private static final int MAX_NAME = 500;

    private final String text;
    private final int lastQuote;
    private final int lastAngle;
    private int lastParenthesis;

    private int at;
    private final StringBuilder bare = new StringBuilder();
    private final StringBuilder comment = new StringBuilder();
    private String inAngle;

    /** @param text unfolded, encoded words as they are */
    AddressScanner(String text) {
        this.text = text;
        this.lastQuote = text.lastIndexOf('"');
        this.lastAngle = text.lastIndexOf('>');
        this.lastParenthesis = text.lastIndexOf(')');
    }

    /** @return whether one was enough */
    boolean until(Predicate<NamedAddress> enough) {
        while (at < text.length()) {
            Optional<NamedAddress> address = next();
            if (address.isPresent() && enough.test(address.get())) {
                return true;
            }
        }
        return false;
    }

    private Optional<NamedAddress> next() {
        bare.setLength(0);
        comment.setLength(0);
        inAngle = null;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ',' || c == ';') {
                at++;
                break;
            }
            if (c == '"' && at < lastQuote) {
                quoted();
            } else if (c == '(' && at < lastParenthesis) {
                comment();
            } else if (c == '<' && at < lastAngle) {
                angle();
            } else if (c == ':' && inAngle == null && bare.indexOf("@") < 0) {
                bare.setLength(0);
                comment.setLength(0);
                at++;
            } else {
                bare.append(c);
                at++;
            }
        }
        return address();
    }

    /** Keeps the quotes: whether it is a name or a local part shows later. */
    private void quoted() {
        int start = at++;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, text.length());
        bare.append(text, start, at);
    }

    private void comment() {
        int start = at;
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0) {
                comment.append(text, start + 1, Math.min(i, start + MAX_NAME));
                at = i + 1;
                return;
            }
            i += c == '\\' ? 1 : 0;
        }
        lastParenthesis = -1;
        bare.append('(');
        at++;
    }

    private void angle() {
        int end = text.indexOf('>', at);
        if (inAngle == null) {
            inAngle = text.substring(at + 1, end);
        }
        at = end + 1;
    }

    private Optional<NamedAddress> address() {
        if (inAngle == null) {
            return parse(bare.toString()).map(address -> new NamedAddress(name(comment.toString()), address));
        }
        String name = bare.toString().isBlank() ? comment.toString() : bare.toString();
        return parse(inAngle).map(address -> new NamedAddress(name(name), address));
    }

    /** Encoded words are no part of an address (RFC 2047 section 5), and none is made of them. */
    private static Optional<EmailAddress> parse(String mailbox) {
        String address = mailbox.strip();
        if (address.startsWith("@")) {
            address = address.substring(address.indexOf(':') + 1).strip();
        }
        if (address.indexOf('@') < 1 || address.length() > EmailAddress.MAX_OCTETS * 2) {
            return Optional.empty();
        }
        String mended =
                address.indexOf(' ') < 0 || address.startsWith("\"") ? address : address.replaceAll(" *([@.]) *", "$1");
        return EmailAddress.parseForeign(mended);
    }

    private static String name(String raw) {
        String name = raw.strip();
        if (name.length() > MAX_NAME) {
            name = name.substring(0, MAX_NAME);
        }
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        name = name.replaceAll("\\\\(.)", "$1");
        return FieldText.withoutControls(EncodedWords.decode(name))
                .replaceAll(" {2,}", " ")
                .strip();
    }
}
