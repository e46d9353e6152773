package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A header's or footer's text on its way into a message: encoded once as far as it is the same in all copies. Whole lines;
 * what it comes to is the same as if the text had been written for this one reader and then encoded. Immutable.
 */
final class FooterText {

    /** How text stands in a message. */
    enum Encoding {
        /** 7bit, 8bit or binary. */
        PLAIN,
        QUOTED_PRINTABLE,
        BASE64
    }

    private static final int MAX_QP_LINE = 75;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] PRINTABLE = printable();

    /** Either octets that are the same for all, or a line with marks. */
    private record Piece(byte[] octets, String line) {}

    private final String text;
    private final Charset charset;
    private final Encoding encoding;
    private final boolean flowed;
    private final boolean extendsAscii;
    private final List<Piece> pieces = new ArrayList<>();

    /** @param text of a {@link Footer}, perhaps with marks */
    FooterText(String text, Charset charset, Encoding encoding, boolean flowed) {
        this.text = text;
        this.charset = charset;
        this.encoding = encoding;
        this.flowed = flowed;
        this.extendsAscii =
                Arrays.equals(new String(PRINTABLE, StandardCharsets.US_ASCII).getBytes(charset), PRINTABLE);
        StringBuilder constant = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int end = text.indexOf("\r\n", at);
            String line = text.substring(at, end);
            if (PersonalValue.isIn(line)) {
                flush(constant);
                pieces.add(new Piece(null, line));
            } else {
                constant.append(flowed ? Footer.flowed(line + "\r\n") : line + "\r\n");
            }
            at = end + 2;
        }
        flush(constant);
    }

    private static byte[] printable() {
        byte[] printable = new byte[0x7f - 0x20];
        for (int i = 0; i < printable.length; i++) {
            printable[i] = (byte) (0x20 + i);
        }
        return printable;
    }

    private void flush(StringBuilder constant) {
        if (!constant.isEmpty()) {
            byte[] octets = constant.toString().getBytes(charset);
            pieces.add(
                    new Piece(encoding == Encoding.QUOTED_PRINTABLE ? QuotedPrintable.encode(octets) : octets, null));
            constant.setLength(0);
        }
    }

    String text() {
        return text;
    }

    Charset charset() {
        return charset;
    }

    Encoding encoding() {
        return encoding;
    }

    boolean flowed() {
        return flowed;
    }

    boolean isPersonal() {
        return PersonalValue.isIn(text);
    }

    /** Whether there is more in it of a recipient than the address. */
    boolean needsMore() {
        return text.chars()
                .anyMatch(c -> PersonalValue.isMark((char) c)
                        && PersonalValue.at((char) c).isMore());
    }

    /** @return lines with CRLF, encoded; {@code 0} octets where nothing is left of the text. Base64 is yet to be done */
    byte[] octets(Addressee addressee) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 128);
        for (Piece piece : pieces) {
            if (piece.line() == null) {
                out.writeBytes(piece.octets());
            } else {
                line(PersonalValue.replace(piece.line(), addressee), out);
            }
        }
        return withoutEmptyEnd(out.toByteArray());
    }

    private void line(String line, ByteArrayOutputStream out) {
        if (needsNoMending(line)) {
            encode(line, out);
        } else {
            String mended = flowed ? Footer.flowed(Footer.line(line)) : Footer.line(line);
            byte[] octets = mended.getBytes(charset);
            out.writeBytes(encoding == Encoding.QUOTED_PRINTABLE ? QuotedPrintable.encode(octets) : octets);
        }
    }

    /** The common case, and quick to see. */
    private boolean needsNoMending(String line) {
        int length = line.length();
        return length > 0
                && length <= Footer.MAX_LINE
                && !Character.isWhitespace(line.charAt(length - 1))
                && (!flowed || " >F".indexOf(line.charAt(0)) < 0);
    }

    private void encode(String line, ByteArrayOutputStream out) {
        boolean ascii = true;
        boolean safe = line.length() <= MAX_QP_LINE;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            ascii &= c < 0x7f;
            safe &= c != '=';
        }
        // A charset other than Java's own makes an encoder each time that it is asked.
        byte[] octets = line.getBytes(ascii && extendsAscii ? StandardCharsets.ISO_8859_1 : charset);
        out.writeBytes(
                encoding == Encoding.QUOTED_PRINTABLE && !(ascii && safe) ? QuotedPrintable.encode(octets) : octets);
        out.writeBytes(CRLF);
    }

    /** As a text has no empty lines at its end, whatever came out empty. */
    private static byte[] withoutEmptyEnd(byte[] octets) {
        int end = octets.length;
        while (end >= 4 && octets[end - 1] == '\n' && octets[end - 3] == '\n') {
            end -= 2;
        }
        return end == 2 ? new byte[0] : end == octets.length ? octets : Arrays.copyOf(octets, end);
    }

    /**
     * @param lead octets that stand before the text on its line of base64
     * @return whole lines of base64 that end what is encoded; {@code 0} octets for none
     */
    byte[] base64(byte[] lead, Addressee addressee) {
        byte[] octets = octets(addressee);
        byte[] all = Arrays.copyOf(lead, lead.length + octets.length);
        System.arraycopy(octets, 0, all, lead.length, octets.length);
        return lines(all);
    }

    /**
     * With blanks, or in flowed text empty lines, to a multiple of three octets, so that what is encoded after it need not
     * be encoded anew.
     *
     * @return whole lines of base64 without padding
     */
    byte[] alignedBase64(Addressee addressee) {
        byte[] octets = octets(addressee);
        int missing = (3 - octets.length % 3) % 3;
        if (missing == 0) {
            return lines(octets);
        }
        byte[] pad = (flowed ? "\r\n".repeat(missing == 2 ? 1 : 2) : " ".repeat(missing))
                .getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(octets, octets.length + pad.length);
        if (flowed) {
            System.arraycopy(pad, 0, all, octets.length, pad.length);
        } else {
            System.arraycopy(pad, 0, all, octets.length - 2, pad.length);
            System.arraycopy(CRLF, 0, all, all.length - 2, 2);
        }
        return lines(all);
    }

    private static byte[] lines(byte[] octets) {
        if (octets.length == 0) {
            return octets;
        }
        byte[] encoded = Base64.getMimeEncoder().encode(octets);
        byte[] lines = Arrays.copyOf(encoded, encoded.length + 2);
        System.arraycopy(CRLF, 0, lines, encoded.length, 2);
        return lines;
    }
}
