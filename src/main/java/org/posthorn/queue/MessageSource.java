package org.posthorn.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.posthorn.platform.Digests;

/** A message's octets, wherever they are: they can be read more than once, and are never held whole by who reads them. */
public interface MessageSource {

    long sizeBytes();

    /** The SHA-256 of the octets. */
    byte[] sha256();

    InputStream open() throws IOException;

    /** A message that is in memory anyway. The array is not copied. */
    static MessageSource of(byte[] octets) {
        byte[] digest = Digests.sha256().digest(octets);
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
