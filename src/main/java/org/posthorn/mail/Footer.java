package org.posthorn.mail;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The texts that a list puts above and below a post.
 *
 * @param above lines with CRLF, {@code ""} for none
 * @param below lines with CRLF, {@code ""} for none
 */
public record Footer(String above, String below) {

    /** In characters: even at four octets each such a line is short enough for SMTP. */
    static final int MAX_LINE = 240;

    /** So that a copy's own octets stay few whatever the text is. */
    private static final int MAX_MARKS = 100;

    /** Where a line begins with what would mean something. */
    private static final Pattern STUFFED = Pattern.compile("^(?=[ >]|From )", Pattern.MULTILINE);

    /** Takes the texts as they were written, with any line ends; lines that no mail may have are broken. */
    public Footer {
        above = lines(above);
        below = lines(below);
    }

    public boolean isEmpty() {
        return above.isEmpty() && below.isEmpty();
    }

    private static String lines(String text) {
        if (text == null || text.isBlank()) {
            return "";
        }
        StringBuilder lines = new StringBuilder(text.length() + 16);
        for (String line : PersonalValue.atMost(MAX_MARKS, text).split("\r\n|\r|\n", -1)) {
            String clean = line.equals("-- ") ? line : clean(line);
            lines.append(PersonalValue.isIn(clean) ? clean + "\r\n" : line(clean));
        }
        while (lines.length() >= 4 && lines.lastIndexOf("\r\n\r\n") == lines.length() - 4) {
            lines.setLength(lines.length() - 2);
        }
        return lines.toString();
    }

    /**
     * @param line without controls
     * @return one line or more with CRLF, as mail may have them
     */
    static String line(String line) {
        String rest = line.equals("-- ") ? line : line.stripTrailing();
        if (rest.length() <= MAX_LINE) {
            return rest + "\r\n";
        }
        StringBuilder lines = new StringBuilder(rest.length() + 16);
        while (rest.length() > MAX_LINE) {
            int end = rest.lastIndexOf(' ', MAX_LINE);
            end = end > 0 ? end : Character.isHighSurrogate(rest.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
            lines.append(rest, 0, end).append("\r\n");
            rest = rest.substring(end).stripLeading();
        }
        return lines.append(rest).append("\r\n").toString();
    }

    private static String clean(String line) {
        return FieldText.withoutControls(line.replace("\t", "    "));
    }

    /** Whether either text has marks: it is another in each copy. */
    boolean isPersonal() {
        return PersonalValue.isIn(above) || PersonalValue.isIn(below);
    }

    /** Whether either text has a person's name, which may be in any script. */
    boolean isOfAnyScript() {
        return (above + below)
                .chars()
                .anyMatch(c -> PersonalValue.isMark((char) c)
                        && PersonalValue.at((char) c).isAnyScript());
    }

    /** Whether what the texts come to is surely 7bit, but for addresses that are not. */
    boolean isSevenBitIn(Charset charset) {
        return !isOfAnyScript() && isSevenBit(above, charset) && isSevenBit(below, charset);
    }

    private static boolean isSevenBit(String text, Charset charset) {
        for (byte octet : PersonalValue.replace(text, Addressee.NOBODY).getBytes(charset)) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the texts can be written in this charset, and simply be put beside other text in it. With a name in them only
     * UTF-8 is sure to do. Addresses and languages are ASCII but for the rarest, which lose a character in the older
     * charsets; US-ASCII itself is not enough for them.
     */
    boolean fits(Charset charset) {
        if (!charset.canEncode()
                || isOfAnyScript() && !charset.equals(StandardCharsets.UTF_8)
                || isPersonal() && charset.equals(StandardCharsets.US_ASCII)) {
            return false;
        }
        CharsetEncoder encoder = charset.newEncoder();
        boolean extendsAscii = Arrays.equals("A\r\n".getBytes(charset), "A\r\n".getBytes(StandardCharsets.US_ASCII));
        return extendsAscii
                && encoder.canEncode(PersonalValue.replace(above, Addressee.NOBODY))
                && encoder.canEncode(PersonalValue.replace(below, Addressee.NOBODY));
    }

    /** @return the same lines in text of format=flowed (RFC 3676): no line flows, and none looks quoted */
    static String flowed(String lines) {
        String stuffed = STUFFED.matcher(lines).replaceAll(" ");
        StringBuilder flowed = new StringBuilder(stuffed.length() + 16);
        for (int at = 0; at < stuffed.length(); ) {
            int end = stuffed.indexOf("\r\n", at);
            flowed.append(line(stuffed.substring(at, end)));
            at = end + 2;
        }
        return flowed.toString();
    }
}
