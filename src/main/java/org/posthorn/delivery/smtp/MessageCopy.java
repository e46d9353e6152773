package org.posthorn.delivery.smtp;

import java.io.IOException;

/** The octets of one transaction's message: CRLF line ends only, each line ended. May be written any number of times. */
public interface MessageCopy {

    /** Takes octets. */
    interface OctetSink {
        void put(byte[] octets, int from, int length) throws IOException;
    }

    /** @return octets as they are, without dots that were put in */
    long sizeBytes();

    /** @return whether an octet above 127 is anywhere in it */
    boolean isEightBit();

    /** @return whether an octet above 127 is in its header, or in the header of a part (RFC 6532) */
    boolean hasEightBitHeader();

    /** @param dotStuffed as DATA wants it (RFC 5321 section 4.5.2); else as it is, for BDAT */
    void writeTo(OctetSink out, boolean dotStuffed) throws IOException;
}
