package org.posthorn.digest;

/**
 * A post that waits for a digest.
 *
 * @param id in the order in which they were collected
 * @param messageId the stored message, with the list's fields and without its footer
 */
record CollectedPost(long id, long postingId, long messageId, long sizeBytes) {}
