package org.posthorn.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A message's octets, wherever they are: they can be read more than once, and are never held whole by who reads them. */
public interface MessageSource {

    long sizeBytes();

    /** The SHA-256 of the octets. */
    byte[] sha256();

    InputStream open() throws IOException;

    /** A message that is in memory anyway. The array is not copied. */
    static MessageSource of(byte[] octets) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        return new MessageSource() {
            @Override
            public long sizeBytes() {
                return octets.length;
            }

            @Override
            public byte[] sha256() {
                return digest;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(octets);
            }
        };
    }
}
