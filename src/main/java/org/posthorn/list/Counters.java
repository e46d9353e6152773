package org.posthorn.list;

import java.time.Instant;

/**
 * What changes with each post to a list.
 *
 * @param postId the number that the next post gets, from 1
 * @param lastPostAt null: nothing has been posted yet
 * @param volume of the digests, from 1
 * @param nextDigestNumber from 1
 * @param digestLastSentAt null: none yet
 */
public record Counters(long postId, Instant lastPostAt, int volume, int nextDigestNumber, Instant digestLastSentAt) {}
