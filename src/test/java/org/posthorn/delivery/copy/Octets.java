package org.posthorn.delivery.copy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.posthorn.delivery.smtp.MessageCopy;

/** A copy's octets as they come, and what the other side of a DATA makes of them. */
public final class Octets {

    private Octets() {}

    public static byte[] raw(MessageCopy copy) {
        return written(copy, false);
    }

    public static byte[] stuffed(MessageCopy copy) {
        return written(copy, true);
    }

    private static byte[] written(MessageCopy copy, boolean dotStuffed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            copy.writeTo(out::write, dotStuffed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** RFC 5321 section 4.5.2, as the server does it: line by line, a first dot goes. */
    public static byte[] received(byte[] stuffed) {
        StringBuilder text = new StringBuilder();
        String all = text(stuffed);
        for (int at = 0; at < all.length(); ) {
            int end = all.indexOf("\r\n", at) + 2;
            String line = all.substring(at, end);
            if (line.equals(".\r\n")) {
                throw new IllegalStateException("the data would end here, with more to come");
            }
            text.append(line.startsWith(".") ? line.substring(1) : line);
            at = end;
        }
        return octets(text.toString());
    }

    public static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
