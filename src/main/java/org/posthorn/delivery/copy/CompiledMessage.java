package org.posthorn.delivery.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.Addressee;
import org.posthorn.mail.CopyPlan;
import org.posthorn.mail.Place;

/**
 * A message in memory, cut into what is the same in all copies and what each recipient has of their own. All of it is over
 * one array; a personal copy adds its own octets and nothing else.
 */
public final class CompiledMessage implements Copies {

    /** A stretch of the message. @param place null: the same in all copies */
    private record Stretch(Segment segment, Place place) {}

    private final byte[] octets;
    private final CopyPlan plan;
    private final List<Stretch> stretches = new ArrayList<>();
    private final int body;
    private final Segment[] segments;
    private final JoinedCopy shared;

    /** What it is without octets above 127, once somebody has asked; empty where it must not be touched. */
    private volatile Optional<SevenBitSegments> sevenBit;

    /** A message whose copies are all the same. */
    public CompiledMessage(byte[] stored) {
        this(stored, CopyPlan.NONE);
    }

    /**
     * @param stored not to be changed any more; line ends other than CRLF, NULs and a last line without an end are mended
     * @throws IllegalStateException when the plan is not this message's
     */
    public CompiledMessage(byte[] stored, CopyPlan plan) {
        this.octets = Lines.mended(stored);
        this.plan = plan;
        this.body = Lines.endOfHeader(octets);
        if (!plan.isEmpty() && !Lines.isClean(stored)) {
            throw new IllegalStateException("a message that the kitchen stored cannot have bare line ends");
        }
        long end = 0;
        for (Place place : plan.places()) {
            if (place.to() > stored.length
                    || !Lines.beginsAt(octets, place.from())
                    || !Lines.beginsAt(octets, place.to())) {
                throw new IllegalStateException("a place cannot be within a line: " + place);
            }
            same((int) end, (int) place.from());
            add((int) place.from(), (int) place.to(), place);
            end = place.to();
        }
        same((int) end, octets.length);
        this.segments = stretches.stream().map(Stretch::segment).toArray(Segment[]::new);
        this.shared = new JoinedCopy(segments, this);
    }

    private void same(int from, int to) {
        if (from < body && body < to) {
            add(from, body, null);
            add(body, to, null);
        } else if (from < to) {
            add(from, to, null);
        }
    }

    private void add(int from, int to, Place place) {
        stretches.add(new Stretch(Segment.of(octets, from, to), place));
    }

    @Override
    public MessageCopy shared() {
        return shared;
    }

    @Override
    public MessageCopy of(Addressee addressee) {
        if (plan.isEmpty()) {
            return shared;
        }
        Segment[] own = segments.clone();
        for (int i = 0; i < own.length; i++) {
            Place place = stretches.get(i).place();
            if (place != null) {
                Optional<byte[]> octets = place.octets(addressee);
                if (octets.isPresent()) {
                    own[i] = Segment.of(octets.get());
                }
            }
        }
        return new JoinedCopy(own, this);
    }

    @Override
    public boolean isPersonal() {
        return !plan.isEmpty();
    }

    @Override
    public boolean needsMore() {
        return plan.needsMore();
    }

    /** @param own a copy's segments, with octets above 127 in some; @return the same copy without; empty: it must not be touched */
    Optional<MessageCopy> sevenBit(Segment[] own) {
        Optional<SevenBitSegments> prepared = sevenBit;
        if (prepared == null) {
            prepared = SevenBitSegments.of(segments);
            sevenBit = prepared; // whoever comes at the same time finds the same
        }
        return prepared.map(form -> new JoinedCopy(form.of(segments, own), this));
    }

    /** @return how much memory it takes, the plan's texts with what is prepared of them counted three times over */
    long weightBytes() {
        long weight = octets.length + 6L * planCharacters() + (shared.isEightBit() ? 2L * octets.length : 0);
        for (Segment segment : segments) {
            weight += segment.weightBytes();
        }
        return weight;
    }

    private int planCharacters() {
        return plan.isEmpty() ? 0 : plan.text().length();
    }
}
