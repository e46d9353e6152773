package org.posthorn.mail;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One field of a header, with the octets it came with, so that what isn't changed goes on as it came. */
public final class HeaderField {

    private final String name;
    private final byte[] octets;

    /** @param octets the whole field, folded as it is, with a CRLF after each line */
    HeaderField(String name, byte[] octets) {
        this.name = name;
        this.octets = octets;
    }

    public String name() {
        return name;
    }

    public boolean is(String other) {
        return name.equalsIgnoreCase(other);
    }

    /** @return the whole field, with a CRLF after each line */
    public byte[] octets() {
        return octets.clone();
    }

    /** @return the value, unfolded, encoded words as they are, without controls; what isn't UTF-8 is guessed */
    public String value() {
        int colon = 0;
        while (octets[colon] != ':') {
            colon++;
        }
        String folded = MimeCharset.guess(Arrays.copyOfRange(octets, colon + 1, octets.length));
        return FieldText.withoutControls(folded.replace("\r\n", "")).strip();
    }

    /** @return for people's eyes: the value, unfolded, encoded words decoded, without controls */
    public String text() {
        return FieldText.withoutControls(EncodedWords.decode(value())).strip();
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(octets);
    }

    @Override
    public String toString() {
        return new String(octets, StandardCharsets.UTF_8);
    }
}
