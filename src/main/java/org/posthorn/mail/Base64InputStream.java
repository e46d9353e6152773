package org.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The octets of a base64 body, read as leniently as {@link Base64Decoder} does. */
public final class Base64InputStream extends InputStream {

    private final InputStream source;
    private final Base64Decoder decoder = new Base64Decoder();
    private final byte[] buffer = new byte[8 * 1024];
    private int position;
    private int limit;

    Base64InputStream(InputStream source) {
        this.source = source;
    }

    public static byte[] decode(byte[] octets) {
        try (Base64InputStream in = new Base64InputStream(new ByteArrayInputStream(octets))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether all readers read this alike: nothing foreign to the alphabet, and nothing after padding. */
    static boolean isSound(byte[] octets, boolean complete) {
        int count = 0;
        int padding = 0;
        for (byte octet : octets) {
            if (octet == '\r' || octet == '\n' || octet == ' ' || octet == '\t') {
                continue;
            }
            padding += octet == '=' ? 1 : 0;
            count++;
            if (octet != '=' && (Base64Decoder.value(octet) < 0 || padding > 0)) {
                return false;
            }
        }
        return padding <= 2 && (!complete || count % 4 == 0);
    }

    @Override
    public int read() throws IOException {
        while (true) {
            if (position == limit) {
                limit = source.read(buffer);
                position = 0;
                if (limit <= 0) {
                    limit = 0;
                    return -1;
                }
            }
            int c = buffer[position++];
            if (c == '=') {
                decoder.reset();
            }
            int octet = decoder.feed(c);
            if (octet >= 0) {
                return octet;
            }
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            int octet = read();
            if (octet < 0) {
                break;
            }
            target[offset + count++] = (byte) octet;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
