package org.posthorn.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Charsets as mail names them, which may be anything. */
public final class MimeCharset {

    /** What undeclared 8-bit text that isn't UTF-8 mostly is. */
    private static final Charset WESTERN = Charset.forName("windows-1252");

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
