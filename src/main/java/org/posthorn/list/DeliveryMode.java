package org.posthorn.list;

/** How a member receives posts: each by itself, or collected. */
public enum DeliveryMode {
    REGULAR,
    PLAINTEXT_DIGESTS,
    MIME_DIGESTS,
    SUMMARY_DIGESTS
}
