package org.posthorn.delivery.smtp;

import java.io.IOException;
import java.util.Optional;

/** The octets of one transaction's message: CRLF line ends only, each line ended. May be written any number of times. */
public interface MessageCopy {

    /** Takes octets, in order. */
    @FunctionalInterface
    interface OctetSink {

        /** @param octets not to be changed, nor to be kept after the call returns */
        void put(byte[] octets, int from, int length) throws IOException;
    }

    /** @return octets as they are, without dots that were put in */
    long sizeBytes();

    /** @return whether an octet above 127 is anywhere in it: it needs 8BITMIME (RFC 6152) */
    boolean isEightBit();

    /**
     * The same for a server that takes no octets above 127 (RFC 6152 section 3).
     *
     * @return itself where there are none; empty where it must not be touched, since it is signed or encrypted
     */
    default Optional<MessageCopy> sevenBit() {
        return isEightBit() ? Optional.empty() : Optional.of(this);
    }

    /** @param dotStuffed as DATA wants it (RFC 5321 section 4.5.2), without the dot that ends it; else as it is, for BDAT */
    void writeTo(OctetSink out, boolean dotStuffed) throws IOException;
}
