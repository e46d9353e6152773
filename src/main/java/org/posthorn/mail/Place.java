package org.posthorn.mail;

import java.util.Optional;

/**
 * Where a recipient's own octets stand in a stored message instead of those that all share: whole lines, from one line's
 * beginning to another's.
 */
public sealed interface Place {

    /** @return the first of the octets that are replaced */
    long from();

    /** @return after the last of them; the same as {@link #from} where something is put in */
    long to();

    /** @return whole lines, of any number; empty: those that all share do for this one, too */
    Optional<byte[]> octets(Addressee addressee);

    /** Whether more must be known of the addressee than the address. */
    boolean needsMore();

    /** The To field. */
    record To(long from, long to) implements Place {

        @Override
        public Optional<byte[]> octets(Addressee addressee) {
            return ToField.of(addressee);
        }

        @Override
        public boolean needsMore() {
            return true;
        }
    }

    /** A text as it is, or in quoted-printable. */
    record Text(long from, long to, FooterText text) implements Place {

        @Override
        public Optional<byte[]> octets(Addressee addressee) {
            return Optional.of(text.octets(addressee));
        }

        @Override
        public boolean needsMore() {
            return text.needsMore();
        }
    }

    /** A text before others in base64. */
    record AlignedBase64(long from, long to, FooterText text) implements Place {

        @Override
        public Optional<byte[]> octets(Addressee addressee) {
            return Optional.of(text.alignedBase64(addressee));
        }

        @Override
        public boolean needsMore() {
            return text.needsMore();
        }
    }

    /**
     * A text at the end of base64.
     *
     * @param lead octets of the message that stand before the text on its first line
     */
    record LastBase64(long from, long to, byte[] lead, FooterText text) implements Place {

        @Override
        public Optional<byte[]> octets(Addressee addressee) {
            return Optional.of(text.base64(lead, addressee));
        }

        @Override
        public boolean needsMore() {
            return text.needsMore();
        }
    }
}
