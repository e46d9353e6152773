package org.posthorn.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes text as quoted-printable (RFC 2045 section 6.7). Lines come with CRLF. {@link #finish} ends it. */
public final class QuotedPrintableOutputStream extends FilterOutputStream {

    private static final int MAX_LINE = 76;
    private static final String HEX = "0123456789ABCDEF";

    private int column;
    private int heldBlank;
    private boolean heldCr;

    public QuotedPrintableOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int value) throws IOException {
        int octet = value & 0xff;
        if (octet == '\n') {
            endLine();
        } else if (octet == '\r' && !heldCr) {
            heldCr = true;
        } else {
            release();
            character(octet);
        }
    }

    /** A blank may stand as it is only when something follows on its line. */
    private void endLine() throws IOException {
        if (heldBlank != 0) {
            encoded(heldBlank);
        }
        heldBlank = 0;
        heldCr = false;
        out.write('\r');
        out.write('\n');
        column = 0;
    }

    private void release() throws IOException {
        if (heldBlank != 0) {
            plain(heldBlank);
        }
        if (heldCr) {
            encoded('\r');
        }
        heldBlank = 0;
        heldCr = false;
    }

    private void character(int octet) throws IOException {
        if (octet == ' ' || octet == '\t') {
            heldBlank = octet;
        } else if (octet > 0x20 && octet < 0x7f && octet != '=') {
            plain(octet);
        } else {
            encoded(octet);
        }
    }

    private void plain(int octet) throws IOException {
        room(1);
        out.write(octet);
    }

    private void encoded(int octet) throws IOException {
        room(3);
        out.write('=');
        out.write(HEX.charAt(octet >> 4));
        out.write(HEX.charAt(octet & 15));
    }

    private void room(int octets) throws IOException {
        if (column + octets >= MAX_LINE) {
            out.write('=');
            out.write('\r');
            out.write('\n');
            column = 0;
        }
        column += octets;
    }

    public void finish() throws IOException {
        if (heldBlank != 0) {
            encoded(heldBlank);
        }
        if (heldCr) {
            encoded('\r');
        }
        heldBlank = 0;
        heldCr = false;
        out.flush();
    }
}
