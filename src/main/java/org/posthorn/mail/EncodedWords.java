package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Encoded words (RFC 2047), read leniently and in linear time: unknown charsets are guessed, broken encodings give what
 * they give, and what isn't an encoded word stays.
 */
final class EncodedWords {

    /** RFC 2047 section 2: 75 characters, less {@code =?utf-8?b??=}. */
    private static final int MAX_PAYLOAD = 63;

    private static final int MAX_CHARSET = 60;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private EncodedWords() {}

    /** @param text unfolded */
    static String decode(String text) {
        if (!text.contains("=?")) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        ByteArrayOutputStream pending = new ByteArrayOutputStream();
        String pendingCharset = null;
        int plain = 0;
        for (int at = text.indexOf("=?"); at >= 0; ) {
            Word word = Word.at(text, at);
            if (word == null) {
                at = text.indexOf("=?", at + 1);
                continue;
            }
            boolean adjoins =
                    pendingCharset != null && text.substring(plain, at).isBlank();
            if (!adjoins || !word.charset.equalsIgnoreCase(pendingCharset)) {
                flush(pending, pendingCharset, decoded);
            }
            if (!adjoins) {
                decoded.append(text, plain, at);
            }
            pendingCharset = word.charset;
            pending.writeBytes(word.octets());
            plain = word.end;
            at = text.indexOf("=?", plain);
        }
        flush(pending, pendingCharset, decoded);
        return decoded.append(text, plain, text.length()).toString();
    }

    private static void flush(ByteArrayOutputStream pending, String charset, StringBuilder decoded) {
        if (pending.size() > 0) {
            decoded.append(MimeCharset.decode(pending.toByteArray(), charset));
            pending.reset();
        }
    }

    private record Word(String charset, boolean base64, String payload, int end) {

        /** @return null when there is none */
        static Word at(String text, int start) {
            int charsetEnd = start + 2;
            while (charsetEnd < text.length()
                    && charsetEnd - start < MAX_CHARSET
                    && " ?=\t".indexOf(text.charAt(charsetEnd)) < 0) {
                charsetEnd++;
            }
            if (charsetEnd == start + 2
                    || charsetEnd + 2 >= text.length()
                    || text.charAt(charsetEnd) != '?'
                    || text.charAt(charsetEnd + 2) != '?') {
                return null;
            }
            char encoding = Character.toLowerCase(text.charAt(charsetEnd + 1));
            int payloadStart = charsetEnd + 3;
            int payloadEnd = text.indexOf('?', payloadStart);
            if (encoding != 'b' && encoding != 'q'
                    || payloadEnd < 0
                    || payloadEnd + 1 >= text.length()
                    || text.charAt(payloadEnd + 1) != '=') {
                return null;
            }
            String charset = text.substring(start + 2, charsetEnd);
            int language = charset.indexOf('*');
            return new Word(
                    language > 0 ? charset.substring(0, language) : charset,
                    encoding == 'b',
                    text.substring(payloadStart, payloadEnd),
                    payloadEnd + 2);
        }

        byte[] octets() {
            byte[] from = payload.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream octets = new ByteArrayOutputStream(from.length);
            Base64Decoder decoder = new Base64Decoder();
            for (int i = 0; i < from.length; i++) {
                if (base64) {
                    int octet = decoder.feed(from[i]);
                    if (octet >= 0) {
                        octets.write(octet);
                    }
                } else if (from[i] == '='
                        && i + 2 < from.length
                        && HexFormat.isHexDigit(from[i + 1])
                        && HexFormat.isHexDigit(from[i + 2])) {
                    octets.write(HexFormat.fromHexDigit(from[i + 1]) << 4 | HexFormat.fromHexDigit(from[i + 2]));
                    i += 2;
                } else {
                    octets.write(from[i] == '_' ? ' ' : from[i]);
                }
            }
            return octets.toByteArray();
        }
    }

    /** @return as one or more encoded words, divided by single spaces, where a header may be folded */
    static String encode(String text) {
        int ascii = (int) text.chars().filter(c -> c < 0x80).count();
        return ascii * 2 >= text.length() ? encodeQ(text) : encodeB(text);
    }

    private static String encodeQ(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder payload = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            String encoded = q(c);
            if (payload.length() + encoded.length() > MAX_PAYLOAD) {
                append(words, "q", payload);
            }
            payload.append(encoded);
            i += Character.charCount(c);
        }
        append(words, "q", payload);
        return words.toString();
    }

    /** The safe set of RFC 2047 section 5 (3), which holds in phrases too. */
    private static String q(int c) {
        if (c == ' ') {
            return "_";
        }
        if (c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || "!*+-/".indexOf(c) >= 0) {
            return String.valueOf((char) c);
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
            encoded.append('=').append(HEX.toHighHexDigit(octet)).append(HEX.toLowHexDigit(octet));
        }
        return encoded.toString();
    }

    private static String encodeB(String text) {
        StringBuilder words = new StringBuilder();
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            byte[] next = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            if (octets.size() + next.length > MAX_PAYLOAD / 4 * 3) {
                append(words, "b", new StringBuilder(Base64.getEncoder().encodeToString(octets.toByteArray())));
                octets.reset();
            }
            octets.writeBytes(next);
            i += Character.charCount(c);
        }
        append(words, "b", new StringBuilder(Base64.getEncoder().encodeToString(octets.toByteArray())));
        return words.toString();
    }

    private static void append(StringBuilder words, String encoding, StringBuilder payload) {
        if (payload.isEmpty()) {
            return;
        }
        words.append(words.isEmpty() ? "" : " ")
                .append("=?utf-8?")
                .append(encoding)
                .append('?')
                .append(payload)
                .append("?=");
        payload.setLength(0);
    }
}
