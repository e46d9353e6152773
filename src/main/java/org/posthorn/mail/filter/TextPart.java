package org.posthorn.mail.filter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.QuotedPrintable;

/**
 * A part of plain text that comes in the place of another.
 *
 * @param fields about its content
 * @param body with CRLF at the end of each line; none is a delimiter of the multiparts around it
 */
record TextPart(List<HeaderField> fields, byte[] body) {

    private static final int LONGEST_LINE = 998;

    /**
     * @param text lines ended by LF
     * @param around in whose multiparts it is to stand
     */
    static TextPart of(String text, Part around) {
        boolean ascii = text.chars().allMatch(c -> c < 0x7f);
        String lines = text.replace("\r", "").replace("\0", "").replace("\n", "\r\n");
        byte[] octets = lines.getBytes(StandardCharsets.UTF_8);
        if (ascii && lines.lines().allMatch(line -> line.length() <= LONGEST_LINE) && !delimits(lines, around)) {
            return new TextPart(fields("us-ascii", "7bit"), octets);
        }
        byte[] quoted = QuotedPrintable.encode(octets);
        if (!delimits(new String(quoted, StandardCharsets.US_ASCII), around)) {
            return new TextPart(fields("utf-8", "quoted-printable"), quoted);
        }
        String base64 = Base64.getMimeEncoder().encodeToString(octets) + "\r\n";
        return new TextPart(fields("utf-8", "base64"), base64.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean delimits(String lines, Part around) {
        for (Part part = around.parent; part != null; part = part.parent) {
            String delimiter = "--" + part.boundary().orElse("");
            if (part.type.isMultipart() && lines.lines().anyMatch(line -> line.startsWith(delimiter))) {
                return true;
            }
        }
        return false;
    }

    private static List<HeaderField> fields(String charset, String encoding) {
        String fields = "Content-Type: text/plain; charset=" + charset + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\nContent-Disposition: inline\r\n\r\n";
        return HeaderBlock.parse(fields.getBytes(StandardCharsets.US_ASCII)).fields();
    }
}
