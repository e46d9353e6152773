package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has to be done to each part of a message so that no octet of it is above 127 (RFC 6152 section 3). What is signed or
 * encrypted must not be touched (RFC 1847); a DKIM signature is no reason not to: one that does not hold any more counts
 * like none (RFC 6376 section 6.1), and the mail arrives.
 *
 * @param actions one for each part, containers too, in the order of their headers
 */
public record SevenBitPlan(List<Action> actions) {

    /** What becomes of a part. */
    enum Action {
        /** Nothing. */
        LEAVE,
        /** Holds parts in 8 bits, which are in 7 bits then. */
        DECLARE,
        /** Becomes quoted-printable. */
        QUOTE,
        /** Is quoted-printable, with stray octets. */
        MEND
    }

    public SevenBitPlan {
        actions = List.copyOf(actions);
    }

    /** Finds out. Takes the message with CRLF line ends. */
    public static final class Survey extends PartWalker {

        private final List<Action> actions = new ArrayList<>();
        private final ByteArrayOutputStream field = new ByteArrayOutputStream(256);
        private boolean untouchable;

        /** Whether the leaf's encoding is one that nobody knows. */
        private boolean strange;

        /** Whether the leaf says that it has no octets above 127. */
        private boolean plain;

        /** @return empty where the message must not be touched */
        public Optional<SevenBitPlan> plan() throws IOException {
            finish();
            return untouchable ? Optional.empty() : Optional.of(new SevenBitPlan(actions));
        }

        @Override
        void header(byte[] octets) {
            if (octets[0] != ' ' && octets[0] != '\t') {
                endField();
            }
            if (field.size() < MailMessage.MAX_HEADER_OCTETS) {
                field.writeBytes(octets);
            }
            untouchable |= isSealed() && isEightBit(octets);
        }

        private void endField() {
            untouchable |=
                    field.size() > 0 && SevenBitField.of(field.toByteArray()).isEmpty();
            field.reset();
        }

        @Override
        void endOfHeader(Kind kind, HeaderBlock fields) {
            endField();
            untouchable |= fields.truncated();
            Optional<TransferEncoding> encoding = TransferEncoding.of(fields);
            boolean carries =
                    encoding.filter(TransferEncoding::carriesEightBits).isPresent();
            strange = encoding.isEmpty();
            if (isSealed()) {
                actions.add(Action.LEAVE);
            } else if (kind == Kind.CONTAINER) {
                actions.add(carries ? Action.DECLARE : Action.LEAVE);
            } else if (carries) {
                actions.add(Action.QUOTE);
            } else {
                actions.add(
                        encoding.equals(Optional.of(TransferEncoding.QUOTED_PRINTABLE)) ? Action.MEND : Action.LEAVE);
            }
            plain = encoding.equals(Optional.of(TransferEncoding.SEVEN_BIT));
        }

        @Override
        void empty(byte[] octets) {
            // nothing is in it
        }

        @Override
        void leaf(byte[] octets) {
            if (isEightBit(octets)) {
                untouchable |= isSealed() || strange;
                if (plain) {
                    actions.set(actions.size() - 1, Action.QUOTE);
                }
            }
        }

        @Override
        void between(byte[] octets) {
            untouchable |= isSealed() && isEightBit(octets);
        }
    }
}
