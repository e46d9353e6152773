package org.posthorn.queue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import org.posthorn.platform.Digests;

/** An entry's place in the hash space: spread evenly, so that any cut of the space is a fair cut of the work. */
final class EntryHash {

    private EntryHash() {}

    /**
     * @param messageSha256 the message's own; empty for an entry without a message
     * @param listId 0 for none
     * @return the first 63 bits of SHA-256 over all of it
     */
    static long of(byte[] messageSha256, long listId, Instant received, int chunkNumber) {
        MessageDigest digest = Digests.sha256();
        digest.update(messageSha256);
        digest.update(ByteBuffer.allocate(28)
                .putLong(listId)
                .putLong(received.getEpochSecond())
                .putLong(received.getNano())
                .putInt(chunkNumber)
                .flip());
        return ByteBuffer.wrap(digest.digest()).getLong() >>> 1;
    }
}
