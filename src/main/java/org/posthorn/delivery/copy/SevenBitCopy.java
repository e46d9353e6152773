package org.posthorn.delivery.copy;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.SevenBitOutput;
import org.posthorn.mail.SevenBitPlan;

/** A copy that is not kept in memory, encoded anew each time so that no octet of it is above 127. */
final class SevenBitCopy implements MessageCopy {

    private final MessageCopy copy;
    private final SevenBitPlan plan;
    private final long sizeBytes;

    SevenBitCopy(MessageCopy copy, SevenBitPlan plan) {
        this.copy = copy;
        this.plan = plan;
        Census census = new Census();
        try {
            writeTo(census::write, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.sizeBytes = census.sizeBytes();
    }

    @Override
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public boolean isEightBit() {
        return false;
    }

    @Override
    public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        SevenBitOutput encoded = new SevenBitOutput(new BufferedOutputStream(new SinkStream(out, dotStuffed)), plan);
        copy.writeTo(encoded::write, false);
        encoded.finish();
    }
}
