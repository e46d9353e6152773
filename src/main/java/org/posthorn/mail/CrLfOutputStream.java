package org.posthorn.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Lets only octets through that mail may have on the wire: CR and LF each by itself become CRLF, NUL is dropped. Lines
 * above 998 octets stay as they are: ingress refuses them, and to break one would change the text.
 */
public final class CrLfOutputStream extends FilterOutputStream {

    private static final byte[] CRLF = {'\r', '\n'};

    private boolean afterCr;

    public CrLfOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            byte octet = octets[i];
            if (octet != '\r' && octet != '\n' && octet != 0) {
                afterCr = false;
                continue;
            }
            out.write(octets, start, i - start);
            start = i + 1;
            if (octet == '\r' || octet == '\n' && !afterCr) {
                out.write(CRLF);
            }
            afterCr = octet == '\r' || octet == 0 && afterCr;
        }
        out.write(octets, start, offset + length - start);
    }
}
