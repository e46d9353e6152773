package org.posthorn.mail;

/** Base64 as it comes (RFC 2045 section 6.8): what isn't of its alphabet is passed over. Fed octet by octet. */
public final class Base64Decoder {

    private int bits;
    private int count;

    /** @return the octet that is now complete, or -1 */
    public int feed(int c) {
        int value = value(c);
        if (value < 0) {
            return -1;
        }
        bits = bits << 6 | value;
        count += 6;
        if (count < 8) {
            return -1;
        }
        count -= 8;
        return bits >> count & 0xff;
    }

    /** What follows padding begins anew. */
    public void reset() {
        bits = 0;
        count = 0;
    }

    static int value(int c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '+' ? 62 : c == '/' ? 63 : -1;
    }
}
