package org.posthorn.delivery.copy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.posthorn.mail.CrLfOutputStream;

/** What mail's octets must be like on the wire (RFC 5321 section 2.3.8): CRLF line ends only, each line ended, no NUL. */
final class Lines {

    private static final byte[] CRLF = {'\r', '\n'};

    private Lines() {}

    /** @return the same array where nothing is to be mended, as it mostly is: what the kitchen stores lacks at most the last line's end */
    static byte[] mended(byte[] octets) {
        byte[] clean = isClean(octets) ? octets : clean(octets);
        if (isEnded(clean)) {
            return clean;
        }
        byte[] ended = Arrays.copyOf(clean, clean.length + 2);
        System.arraycopy(CRLF, 0, ended, clean.length, 2);
        return ended;
    }

    static boolean isClean(byte[] octets) {
        byte before = 0;
        for (byte octet : octets) {
            if (octet == 0 || before == '\r' != (octet == '\n')) {
                return false;
            }
            before = octet;
        }
        return before != '\r';
    }

    private static byte[] clean(byte[] octets) {
        ByteArrayOutputStream clean = new ByteArrayOutputStream(octets.length + 1024);
        try (CrLfOutputStream mend = new CrLfOutputStream(clean)) {
            mend.write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return clean.toByteArray();
    }

    private static boolean isEnded(byte[] octets) {
        return octets.length == 0 || octets[octets.length - 1] == '\n';
    }

    /** Whether a line begins here, or would. */
    static boolean beginsAt(byte[] octets, long at) {
        return at == 0 || at <= octets.length && octets[(int) at - 1] == '\n';
    }

    /** @return where the body begins: after the first empty line; all is header where there is none */
    static int endOfHeader(byte[] octets) {
        byte before = '\n';
        for (int i = 0; i + 1 < octets.length; i++) {
            if (before == '\n' && octets[i] == '\r') {
                return i + 2;
            }
            before = octets[i];
        }
        return octets.length;
    }
}
