package org.posthorn.launch.store;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Counts rows and sums their digests: two databases that give the same hold the same rows, in whatever order they come
 * and in whatever types the drivers give them.
 */
final class RowSum {

    private static final byte NULL = 0;
    private static final byte VALUE = 1;

    private final MessageDigest digest;
    private long rows;
    private long sum;

    RowSum() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JVM cannot be without SHA-256", e);
        }
    }

    void add(Object[] row) {
        for (Object value : row) {
            if (value == null) {
                digest.update(NULL);
                continue;
            }
            byte[] octets = octets(value);
            digest.update(VALUE);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).flip());
            digest.update(octets);
        }
        rows++;
        sum += ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static byte[] octets(Object value) {
        if (value instanceof byte[] octets) {
            return octets;
        }
        if (value instanceof OffsetDateTime at) {
            Instant instant = at.toInstant();
            return (instant.getEpochSecond() + "." + instant.getNano() / 1000).getBytes(StandardCharsets.US_ASCII);
        }
        if (value instanceof Number number) {
            return new BigDecimal(number.toString())
                    .stripTrailingZeros()
                    .toPlainString()
                    .getBytes(StandardCharsets.US_ASCII);
        }
        return value.toString().getBytes(StandardCharsets.UTF_8);
    }

    long rows() {
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowSum that && rows == that.rows && sum == that.sum;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(sum);
    }

    @Override
    public String toString() {
        return rows + " rows, sum " + Long.toHexString(sum);
    }
}
