package org.posthorn.delivery.smtp;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.SevenBitOutput;
import org.posthorn.mail.SevenBitPlan;

/** A message of Jakarta Mail's, as it goes over the wire; all of it in memory. */
final class WrittenMessage implements MessageCopy {

    /** What a message's octets must not tell: the blind copies' recipients, and what no transport has any use for. */
    private static final String[] UNTOLD = {"Bcc", "Content-Length"};

    private final byte[] octets;
    private final boolean eightBit;

    private WrittenMessage(byte[] octets) {
        this.octets = octets;
        int all = 0;
        for (byte octet : octets) {
            all |= octet;
        }
        this.eightBit = all < 0;
    }

    static WrittenMessage of(Message message) throws MessagingException {
        if (!(message instanceof MimeMessage mime)) {
            throw new MessagingException("only MIME messages can be sent");
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(4096);
        OutputStream clean = new CrLfOutputStream(octets);
        try {
            mime.writeTo(clean, UNTOLD);
            clean.flush();
        } catch (IOException e) {
            throw new MessagingException("the message could not be read", e);
        }
        byte[] written = octets.toByteArray();
        if (written.length > 0 && written[written.length - 1] != '\n') {
            octets.write('\r');
            octets.write('\n');
        }
        return new WrittenMessage(octets.toByteArray());
    }

    @Override
    public long sizeBytes() {
        return octets.length;
    }

    @Override
    public boolean isEightBit() {
        return eightBit;
    }

    @Override
    public Optional<MessageCopy> sevenBit() {
        if (!eightBit) {
            return Optional.of(this);
        }
        try {
            SevenBitPlan.Survey survey = new SevenBitPlan.Survey();
            survey.write(octets, 0, octets.length);
            Optional<SevenBitPlan> plan = survey.plan();
            if (plan.isEmpty()) {
                return Optional.empty();
            }
            ByteArrayOutputStream plain = new ByteArrayOutputStream(octets.length * 2);
            SevenBitOutput out = new SevenBitOutput(plain, plan.get());
            out.write(octets, 0, octets.length);
            out.finish();
            return Optional.of(new WrittenMessage(plain.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        (dotStuffed ? new DotStuffer(out) : out).put(octets, 0, octets.length);
    }
}
