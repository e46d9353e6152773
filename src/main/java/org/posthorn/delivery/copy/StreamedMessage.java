package org.posthorn.delivery.copy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.delivery.smtp.MessageCopy.OctetSink;
import org.posthorn.mail.Addressee;
import org.posthorn.mail.CopyPlan;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.Place;
import org.posthorn.mail.SevenBitPlan;

/** A message too large for memory: read from the store, part by part, once to know it and once for each copy. */
final class StreamedMessage implements Copies {

    private static final byte[] CRLF = {'\r', '\n'};
    private static final int BUFFER_BYTES = 16 * 1024;

    /** What a place has for all. */
    private record Slot(Place place, Census shared) {}

    private final Supplier<InputStream> source;
    private final CopyPlan plan;
    private final List<Slot> slots = new ArrayList<>();
    private final Census same = new Census();
    private final boolean ended;
    private final MessageCopy shared;

    /** What is to be done where no octet may be above 127, once somebody has asked; empty: nothing must be. */
    private Optional<SevenBitPlan> sevenBit;

    /**
     * @param source opens the octets as they are stored; they are whole, or reading them fails
     * @throws IllegalStateException when the plan is not this message's
     */
    StreamedMessage(Supplier<InputStream> source, CopyPlan plan) {
        this.source = source;
        this.plan = plan;
        try {
            takeCensus();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.ended = same.isEnded();
        this.shared = copy(slots.stream().map(slot -> Optional.<byte[]>empty()).toList());
    }

    private void takeCensus() throws IOException {
        try (InputStream in = source.get()) {
            OutputStream clean = new CrLfOutputStream(same);
            long at = 0;
            for (Place place : plan.places()) {
                pass(in, clean, place.from() - at);
                Slot slot = new Slot(place, new Census());
                pass(in, slot.shared(), place.to() - place.from());
                if (!same.isEnded() || !slot.shared().isEnded()) {
                    throw new IllegalStateException("a place cannot be within a line: " + place);
                }
                slots.add(slot);
                at = place.to();
            }
            in.transferTo(clean);
        }
    }

    private static void pass(InputStream in, OutputStream out, long octets) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, octets)];
        for (long left = octets; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                throw new IllegalStateException("a place cannot be behind the message's end");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    @Override
    public MessageCopy shared() {
        return shared;
    }

    @Override
    public MessageCopy of(Addressee addressee) {
        return plan.isEmpty()
                ? shared
                : copy(slots.stream()
                        .map(slot -> slot.place().octets(addressee))
                        .toList());
    }

    @Override
    public boolean isPersonal() {
        return !plan.isEmpty();
    }

    @Override
    public boolean needsMore() {
        return plan.needsMore();
    }

    /** @param own for each slot; empty: what all share */
    private MessageCopy copy(List<Optional<byte[]>> own) {
        long size = same.sizeBytes() + (ended ? 0 : CRLF.length);
        boolean eightBit = same.isEightBit();
        for (int i = 0; i < own.size(); i++) {
            Slot slot = slots.get(i);
            size += own.get(i).map(octets -> (long) octets.length).orElseGet(slot.shared()::sizeBytes);
            eightBit |=
                    own.get(i).map(octets -> Segment.of(octets).isEightBit()).orElseGet(slot.shared()::isEightBit);
        }
        return new Copy(own, size, eightBit);
    }

    private synchronized Optional<SevenBitPlan> sevenBitPlan() {
        if (sevenBit == null) {
            SevenBitPlan.Survey survey = new SevenBitPlan.Survey();
            try {
                shared.writeTo(survey::write, false);
                sevenBit = survey.plan();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sevenBit;
    }

    private void transferTo(OutputStream out, List<Optional<byte[]>> own) throws IOException {
        OutputStream clean = new CrLfOutputStream(out);
        try (InputStream in = source.get()) {
            long at = 0;
            for (int i = 0; i < own.size(); i++) {
                Place place = slots.get(i).place();
                pass(in, clean, place.from() - at);
                if (own.get(i).isPresent()) {
                    clean.write(own.get(i).get());
                    in.skipNBytes(place.to() - place.from());
                } else {
                    pass(in, clean, place.to() - place.from());
                }
                at = place.to();
            }
            in.transferTo(clean);
        }
        if (!ended) {
            clean.write(CRLF);
        }
    }

    private final class Copy implements MessageCopy {

        private final List<Optional<byte[]>> own;
        private final long sizeBytes;
        private final boolean eightBit;

        Copy(List<Optional<byte[]>> own, long sizeBytes, boolean eightBit) {
            this.own = own;
            this.sizeBytes = sizeBytes;
            this.eightBit = eightBit;
        }

        @Override
        public long sizeBytes() {
            return sizeBytes;
        }

        @Override
        public boolean isEightBit() {
            return eightBit;
        }

        @Override
        public Optional<MessageCopy> sevenBit() {
            return eightBit ? sevenBitPlan().map(plan -> new SevenBitCopy(this, plan)) : Optional.of(this);
        }

        @Override
        public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
            transferTo(new SinkStream(out, dotStuffed), own);
        }
    }
}
