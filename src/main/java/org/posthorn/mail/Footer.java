package org.posthorn.mail;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The texts that a list puts above and below a post.
 *
 * @param above lines with CRLF, {@code ""} for none
 * @param below lines with CRLF, {@code ""} for none
 */
public record Footer(String above, String below) {

    /** In characters: even at four octets each such a line is short enough for SMTP. */
    private static final int MAX_LINE = 240;

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
        for (String line : text.split("\r\n|\r|\n", -1)) {
            String rest = line.equals("-- ") ? line : clean(line).stripTrailing();
            while (rest.length() > MAX_LINE) {
                int end = rest.lastIndexOf(' ', MAX_LINE);
                end = end > 0 ? end : Character.isHighSurrogate(rest.charAt(MAX_LINE - 1)) ? MAX_LINE - 1 : MAX_LINE;
                lines.append(rest, 0, end).append("\r\n");
                rest = rest.substring(end).stripLeading();
            }
            lines.append(rest).append("\r\n");
        }
        while (lines.length() >= 4 && lines.lastIndexOf("\r\n\r\n") == lines.length() - 4) {
            lines.setLength(lines.length() - 2);
        }
        return lines.toString();
    }

    private static String clean(String line) {
        return FieldText.withoutControls(line.replace("\t", "    "));
    }

    boolean isAscii() {
        return fits(StandardCharsets.US_ASCII);
    }

    /** Whether the texts can be written in this charset, and simply be put beside other text in it. */
    boolean fits(Charset charset) {
        if (!charset.canEncode()) {
            return false;
        }
        CharsetEncoder encoder = charset.newEncoder();
        boolean extendsAscii = Arrays.equals("A\r\n".getBytes(charset), "A\r\n".getBytes(StandardCharsets.US_ASCII));
        return extendsAscii && encoder.canEncode(above) && encoder.canEncode(below);
    }

    /** @return the same as text of format=flowed (RFC 3676): no line flows, and none looks quoted */
    Footer flowed() {
        return new Footer(stuffed(above), stuffed(below));
    }

    private static String stuffed(String text) {
        return text.replaceAll("(?m)^(?=[ >]|From )", " ");
    }
}
