package org.posthorn.api.wire;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags: a digest of what is shown, quoted (RFC 9110 section 8.8.3), carried as {@code http_etag} in each resource. */
public final class Etag {

    private final MessageDigest digest = sha1();

    /** A tag that grows with what is added: for collections that are streamed. */
    public Etag() {}

    public void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    @Override
    public String toString() {
        return '"' + HexFormat.of().formatHex(digest.digest()) + '"';
    }

    /** @return the resource with its tag */
    public static JsonObject stamped(JsonObject resource) {
        return stamped(resource, resource);
    }

    /** @param told the part of it by which its states are told apart */
    public static JsonObject stamped(JsonObject resource, JsonObject told) {
        Etag etag = new Etag();
        etag.add(told.toString());
        return NewJson.object(resource).add("http_etag", etag.toString()).build();
    }

    /** @param header {@code *}, or tags separated by commas, as in If-Match and If-None-Match */
    static boolean isAmong(String tag, String header) {
        return header.strip().equals("*")
                || Arrays.stream(header.split(","))
                        .map(one -> one.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag::equals);
    }

    // SHA-1 as Mailman has it: told apart are versions of one resource, nothing is kept safe by it.
    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
