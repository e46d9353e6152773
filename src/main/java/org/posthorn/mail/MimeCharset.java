package org.posthorn.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Charsets as mail names them, which may be anything. */
public final class MimeCharset {

    /** What undeclared 8-bit text that isn't UTF-8 mostly is. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private static final int HTML_HEAD = 2048;
    private static final Pattern META_CHARSET =
            Pattern.compile("(?i)<meta[^>]{0,200}charset\\s{0,5}=\\s{0,5}[\"']?([A-Za-z0-9_:.-]{1,40})");

    private MimeCharset() {}

    /** @return empty for a name that Java doesn't know or allow */
    static Optional<Charset> find(String name) {
        try {
            return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @return the text by the named charset; by a guess where the name is unknown or the octets don't fit UTF-8 */
    public static String decode(byte[] octets, String charsetName) {
        Optional<Charset> charset = find(charsetName);
        return charset.isEmpty()
                        || charset.get().equals(StandardCharsets.UTF_8)
                        || charset.get().equals(StandardCharsets.US_ASCII)
                ? guess(octets)
                : new String(octets, charset.get());
    }

    /** As {@link #decode}, but where no charset is named, by what the HTML says of itself within its first octets. */
    public static String decodeHtml(byte[] octets, String charsetName) {
        if (!charsetName.isBlank()) {
            return decode(octets, charsetName.strip());
        }
        String start = new String(octets, 0, Math.min(octets.length, HTML_HEAD), StandardCharsets.ISO_8859_1);
        Matcher meta = META_CHARSET.matcher(start);
        return meta.find() ? decode(octets, meta.group(1)) : guess(octets);
    }

    /** @return as UTF-8 if it is that, else as windows-1252 */
    static String guess(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(octets, WESTERN);
        }
    }
}
