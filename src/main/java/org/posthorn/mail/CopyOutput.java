package org.posthorn.mail;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Where a message is written in the form that all copies share, while it is noted where they differ. CRLF only, no NUL. */
final class CopyOutput extends OutputStream {

    private final Counted counted;
    private final CrLfOutputStream clean;
    private final boolean toRecipient;
    private final List<Place> places = new ArrayList<>();

    /** @param toRecipient whether each copy's To names its recipient */
    CopyOutput(OutputStream out, boolean toRecipient) {
        this.counted = new Counted(out);
        this.clean = new CrLfOutputStream(counted);
        this.toRecipient = toRecipient;
    }

    @Override
    public void write(int octet) throws IOException {
        clean.write(octet);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        clean.write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
        clean.flush();
    }

    /** @return how many octets there are so far */
    long position() {
        return counted.octets;
    }

    /** Writes the header and the empty line after it; of several To fields a recipient's own takes the place of all. */
    void header(HeaderBlock header) throws IOException {
        boolean noted = !toRecipient;
        for (HeaderField field : header.fields()) {
            if (!toRecipient || !field.is("To")) {
                field.writeTo(this);
            } else if (!noted) {
                long from = position();
                field.writeTo(this);
                places.add(new Place.To(from, position()));
                noted = true;
            }
        }
        if (!noted) {
            places.add(new Place.To(position(), position()));
        }
        write('\r');
        write('\n');
    }

    /** Writes a text that is not in base64. */
    void text(FooterText text) throws IOException {
        long from = position();
        write(text.octets(Addressee.NOBODY));
        if (text.isPersonal()) {
            places.add(new Place.Text(from, position(), text));
        }
    }

    /** Writes a text in base64, with more to come after it. */
    void alignedBase64(FooterText text) throws IOException {
        long from = position();
        write(text.alignedBase64(Addressee.NOBODY));
        places.add(new Place.AlignedBase64(from, position(), text));
    }

    /** @param from where the text's first line of base64 began */
    void wroteBase64(long from, byte[] lead, FooterText text) {
        places.add(new Place.LastBase64(from, position(), lead, text));
    }

    CopyPlan plan() {
        return new CopyPlan(places);
    }

    private static final class Counted extends FilterOutputStream {

        private long octets;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
            octets++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            octets += length;
        }
    }
}
