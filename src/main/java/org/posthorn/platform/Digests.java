package org.posthorn.platform;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, which every Java has. */
public final class Digests {

    private static final int MARK = 8;

    private Digests() {}

    /**
     * Tells that there is a password, and when it changes; the hash itself leaves the server to nobody.
     *
     * @param hash salted; null or empty: there is none
     * @return 16 hexadecimal digits; empty when there is none
     */
    public static String mark(String hash) {
        return hash == null || hash.isEmpty()
                ? ""
                : HexFormat.of().formatHex(sha256().digest(hash.getBytes(StandardCharsets.UTF_8)), 0, MARK);
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
