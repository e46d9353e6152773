package org.posthorn.list.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often one may be wrong: each key has a number of attempts that comes back with time. An attempt is taken before
 * the password is looked at, so that many at once cannot slip through, and given back when it was right. The keys that
 * were least used are forgotten first; there are never more than so many.
 */
final class FailedSignIns {

    private static final int MOST_KEYS = 20_000;

    private final int attempts;
    private final Duration oneMoreEvery;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_KEYS;
        }
    };

    private static final class Bucket {
        private double left;
        private Instant at;
    }

    /** @param attempts at once; @param oneMoreEvery how long until one more is allowed */
    FailedSignIns(int attempts, Duration oneMoreEvery) {
        this.attempts = attempts;
        this.oneMoreEvery = oneMoreEvery;
    }

    /** Takes an attempt. @return zero when there was one, else how long until there is */
    synchronized Duration take(String key, Instant now) {
        Bucket bucket = bucket(key, now);
        if (bucket.left >= 1) {
            bucket.left -= 1;
            return Duration.ZERO;
        }
        return Duration.ofMillis((long) Math.ceil((1 - bucket.left) * oneMoreEvery.toMillis()));
    }

    /** Gives an attempt back: it was right, or nothing came of it. */
    synchronized void giveBack(String key, Instant now) {
        Bucket bucket = bucket(key, now);
        bucket.left = Math.min(attempts, bucket.left + 1);
    }

    private Bucket bucket(String key, Instant now) {
        Bucket bucket = buckets.get(key);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.left = attempts;
            bucket.at = now;
            buckets.put(key, bucket);
        }
        double back = (double) Duration.between(bucket.at, now).toMillis() / oneMoreEvery.toMillis();
        if (back > 0) {
            bucket.left = Math.min(attempts, bucket.left + back);
            bucket.at = now;
        }
        return bucket;
    }
}
