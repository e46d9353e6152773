package org.posthorn.digest;

/**
 * A post that waits for a digest.
 *
 * @param id says nothing of the order
 * @param messageId the stored message, with the list's fields and without its footer
 */
record CollectedPost(long id, long postingId, long messageId, long sizeBytes) {}
