package org.posthorn.digest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.posthorn.list.DeliveryMode;

/** A way to write digests. */
@FunctionalInterface
interface DigestKind {

    /** What members have instead of each post by itself. */
    List<DeliveryMode> MODES =
            List.of(DeliveryMode.PLAINTEXT_DIGESTS, DeliveryMode.MIME_DIGESTS, DeliveryMode.SUMMARY_DIGESTS);

    /** Writes the whole message. */
    void write(Digest digest, OutputStream out) throws IOException;

    /** @throws IllegalArgumentException for regular delivery */
    static DigestKind of(DeliveryMode mode) {
        return switch (mode) {
            case PLAINTEXT_DIGESTS -> new PlainDigest();
            case MIME_DIGESTS -> new MimeDigest();
            case SUMMARY_DIGESTS -> new SummaryDigest();
            case REGULAR -> throw new IllegalArgumentException("regular delivery has no digests");
        };
    }
}
