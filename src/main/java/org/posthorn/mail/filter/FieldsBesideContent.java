package org.posthorn.mail.filter;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Lets a header's fields through but those about content, and not its empty line. */
final class FieldsBesideContent extends FilterOutputStream {

    private static final String CONTENT = "content-";

    private final byte[] start = new byte[CONTENT.length()];
    private int length;
    private boolean passes = true;
    private boolean decided;

    FieldsBesideContent(OutputStream out) {
        super(out);
    }

    @Override
    public void write(byte[] octets, int offset, int count) throws IOException {
        for (int i = offset; i < offset + count; i++) {
            write(octets[i]);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        byte value = (byte) octet;
        if (decided) {
            if (passes) {
                out.write(value);
            }
        } else {
            start[length++] = value;
            decide(value);
        }
        if (value == '\n') {
            length = 0;
            decided = false;
        }
    }

    private void decide(byte last) throws IOException {
        boolean continues = start[0] == ' ' || start[0] == '\t';
        String text = new String(start, 0, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (!continues && CONTENT.startsWith(text) && length < CONTENT.length()) {
            return; // it may still become one
        }
        if (text.equals("\r")) {
            return;
        }
        if (!continues) {
            passes = !text.equals(CONTENT) && !text.isBlank();
        }
        decided = true;
        if (passes) {
            out.write(start, 0, length);
        }
    }
}
