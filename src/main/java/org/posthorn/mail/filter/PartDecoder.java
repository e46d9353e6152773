package org.posthorn.mail.filter;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.posthorn.mail.Base64Decoder;
import org.posthorn.mail.TransferEncoding;

/** Takes a part's transfer encoding off, leniently: what isn't well encoded stays as it is. Closing it closes the target. */
public final class PartDecoder extends FilterOutputStream {

    private static final String HEX = "0123456789ABCDEFabcdef";

    private final TransferEncoding encoding;
    private final Base64Decoder base64 = new Base64Decoder();
    private static final int LONGEST_PADDING = 76;

    private final byte[] held = new byte[2 + LONGEST_PADDING];
    private int heldCount;

    public PartDecoder(TransferEncoding encoding, OutputStream out) {
        super(out);
        this.encoding = encoding;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        if (encoding != TransferEncoding.BASE64 && encoding != TransferEncoding.QUOTED_PRINTABLE) {
            out.write(octets, offset, length);
            return;
        }
        for (int i = offset; i < offset + length; i++) {
            write(octets[i]);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        switch (encoding) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> out.write(octet);
            case QUOTED_PRINTABLE -> quotedPrintable((byte) octet);
            case BASE64 -> {
                if (octet == '=') {
                    base64.reset();
                }
                int decoded = base64.feed(octet);
                if (decoded >= 0) {
                    out.write(decoded);
                }
            }
        }
    }

    /** Holds back an equals sign and what follows it until it is clear what they mean. */
    private void quotedPrintable(byte octet) throws IOException {
        if (heldCount == 0 && octet != '=') {
            out.write(octet);
            return;
        }
        if (heldCount < 2) {
            boolean means = heldCount == 0 || octet == '\r' || isBlank(octet) || isHex(octet);
            held[heldCount++] = octet;
            if (!means) {
                release();
            }
            return;
        }
        if (isBlank(held[1])) {
            padding(octet);
        } else if (held[1] == '\r' && octet == '\n') {
            heldCount = 0;
        } else if (isHex(held[1]) && isHex(octet)) {
            heldCount = 0;
            out.write(Character.digit(held[1], 16) << 4 | Character.digit(octet, 16));
        } else {
            release();
            quotedPrintable(octet);
        }
    }

    /** Blanks between an equals sign and the line's end were added on the way (RFC 2045 section 6.7). */
    private void padding(byte octet) throws IOException {
        boolean ended = held[heldCount - 1] == '\r';
        if (ended && octet == '\n') {
            heldCount = 0;
        } else if (!ended && (isBlank(octet) || octet == '\r') && heldCount < held.length) {
            held[heldCount++] = octet;
        } else {
            release();
            quotedPrintable(octet);
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private void release() throws IOException {
        out.write(held, 0, heldCount);
        heldCount = 0;
    }

    private static boolean isHex(byte octet) {
        return HEX.indexOf(octet) >= 0;
    }

    @Override
    public void close() throws IOException {
        release();
        out.close();
    }
}
