package org.posthorn.delivery.smtp.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.posthorn.delivery.smtp.MessageCopy;

/** A test message that says what it is, with a Message-ID of its own; all but that is made once. */
final class TestCopy implements MessageCopy {

    private static final String LINE = "This text only makes the message as long as a usual one is.\r\n";

    /** What all messages of a trial have in common. */
    record Common(byte[] header, byte[] rest) {}

    private final Common common;
    private final byte[] messageId;

    private TestCopy(Common common, byte[] messageId) {
        this.common = common;
        this.messageId = messageId;
    }

    /** @param run tells this trial from others */
    static Common common(Trial trial, String run, Instant now) {
        String date = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
                .withZone(ZoneOffset.UTC)
                .format(now);
        String header = "From: <" + trial.from().address() + ">\r\nTo: undisclosed-recipients:;\r\nDate: " + date
                + "\r\nSubject: Posthorn test message (" + trial.connections() + " connections)\r\n"
                + "Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=us-ascii\r\nMessage-ID: <tune." + run + ".";
        StringBuilder rest = new StringBuilder("@" + trial.from().domain() + ">\r\n\r\n"
                + "Sent by \"posthorn tune\", which measures how fast a smarthost takes mail.\r\n\r\n");
        int length = trial.sizeBytes() - header.length() - 10;
        while (rest.length() < length) {
            rest.append(LINE);
        }
        return new Common(ascii(header), ascii(rest.toString()));
    }

    static TestCopy of(Common common, long number) {
        return new TestCopy(common, ascii(Long.toString(number)));
    }

    @Override
    public long sizeBytes() {
        return common.header().length + messageId.length + common.rest().length;
    }

    @Override
    public boolean isEightBit() {
        return false;
    }

    /** No line of it begins with a dot. */
    @Override
    public void writeTo(OctetSink out, boolean dotStuffed) throws IOException {
        for (byte[] part : new byte[][] {common.header(), messageId, common.rest()}) {
            out.put(part, 0, part.length);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
