package org.posthorn.delivery.copy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.posthorn.mail.SevenBitOutput;
import org.posthorn.mail.SevenBitPlan;

/** A message's segments without octets above 127: made once for all copies. A copy's own octets follow as they come. */
final class SevenBitSegments {

    private final Segment[] shared;

    /** Whether a segment stands where text is in quoted-printable now. */
    private final boolean[] quoted;

    private SevenBitSegments(Segment[] shared, boolean[] quoted) {
        this.shared = shared;
        this.quoted = quoted;
    }

    /** @return empty where the message must not be touched */
    static Optional<SevenBitSegments> of(Segment[] segments) {
        try {
            SevenBitPlan.Survey survey = new SevenBitPlan.Survey();
            for (Segment segment : segments) {
                segment.writeTo(survey::write, false);
            }
            return survey.plan().map(plan -> encoded(segments, plan));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SevenBitSegments encoded(Segment[] segments, SevenBitPlan plan) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        int[] ends = new int[segments.length];
        boolean[] quoted = new boolean[segments.length];
        try (SevenBitOutput out = new SevenBitOutput(buffer, plan)) {
            for (int i = 0; i < segments.length; i++) {
                quoted[i] = out.isQuoting();
                segments[i].writeTo(out::write, false);
                out.flush();
                ends[i] = buffer.size();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] octets = buffer.toByteArray();
        Segment[] encoded = new Segment[segments.length];
        for (int i = 0; i < encoded.length; i++) {
            encoded[i] = Segment.of(octets, i == 0 ? 0 : ends[i - 1], ends[i]);
        }
        return new SevenBitSegments(encoded, quoted);
    }

    /** @param all what all share; @param own the same but where a copy has its own */
    Segment[] of(Segment[] all, Segment[] own) {
        Segment[] joined = shared.clone();
        for (int i = 0; i < joined.length; i++) {
            if (own[i] != all[i]) {
                joined[i] = Segment.of(SevenBitOutput.lines(own[i].octets(), quoted[i]));
            }
        }
        return joined;
    }
}
