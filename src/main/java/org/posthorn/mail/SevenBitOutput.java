package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.posthorn.mail.SevenBitPlan.Action;

/** Writes a message so that no octet of it is above 127, part by part as its plan says. */
public final class SevenBitOutput extends PartWalker {

    private static final String ENCODING = "content-transfer-encoding:";

    private final OutputStream out;
    private final List<Action> actions;
    private final QuotedPrintableOutputStream quoting;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream(256);
    private int part;
    private boolean declared;

    /** @param plan of the message that is written */
    public SevenBitOutput(OutputStream out, SevenBitPlan plan) {
        this.out = out;
        this.actions = plan.actions();
        this.quoting = new QuotedPrintableOutputStream(out);
    }

    /** Whether what comes now, at the beginning of a line, is put into quoted-printable. */
    public boolean isQuoting() {
        return isInLeaf() && action(part - 1) == Action.QUOTE;
    }

    private Action action(int number) {
        return number < actions.size() ? actions.get(number) : Action.LEAVE;
    }

    /** At the end of a line: all of it leaves. */
    @Override
    public void flush() throws IOException {
        endField();
        out.flush();
    }

    @Override
    public void finish() throws IOException {
        super.finish();
        flush();
    }

    @Override
    void header(byte[] octets) throws IOException {
        if (octets[0] != ' ' && octets[0] != '\t') {
            endField();
        }
        field.writeBytes(octets);
    }

    private void endField() throws IOException {
        if (field.size() == 0) {
            return;
        }
        byte[] octets = field.toByteArray();
        field.reset();
        Action action = action(part);
        boolean changes = action == Action.QUOTE || action == Action.DECLARE;
        if (changes && isEncoding(octets)) {
            declare(action);
        } else {
            out.write(SevenBitField.of(octets).orElseGet(() -> SevenBitField.replaced(octets)));
        }
    }

    private static boolean isEncoding(byte[] octets) {
        String begin =
                new String(octets, 0, Math.min(octets.length, ENCODING.length() + 8), StandardCharsets.ISO_8859_1);
        return begin.replaceFirst("[ \t]+:", ":").toLowerCase(Locale.ROOT).startsWith(ENCODING);
    }

    private void declare(Action action) throws IOException {
        if (!declared) {
            line("Content-Transfer-Encoding: " + (action == Action.QUOTE ? "quoted-printable" : "7bit"));
        }
        declared = true;
    }

    private void line(String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    void endOfHeader(Kind kind, HeaderBlock fields) throws IOException {
        endField();
        Action action = action(part);
        if (action == Action.QUOTE && !declared) {
            if (part == 0 && !fields.has("MIME-Version")) {
                line("MIME-Version: 1.0");
            }
            if (!fields.has("Content-Type")) {
                line("Content-Type: text/plain; charset=unknown-8bit"); // RFC 1428
            }
            declare(action);
        }
        declared = false;
        part++;
    }

    @Override
    void empty(byte[] octets) throws IOException {
        out.write(octets);
    }

    @Override
    void leaf(byte[] octets) throws IOException {
        switch (action(part - 1)) {
            case QUOTE -> quoting.write(octets, 0, octets.length);
            case MEND -> {
                for (byte octet : octets) {
                    if (octet < 0) {
                        out.write(String.format(Locale.ROOT, "=%02X", octet & 0xff)
                                .getBytes(StandardCharsets.US_ASCII));
                    } else {
                        out.write(octet);
                    }
                }
            }
            case LEAVE, DECLARE -> out.write(isEightBit(octets) ? SevenBitField.replaced(octets) : octets);
        }
    }

    @Override
    void between(byte[] octets) throws IOException {
        out.write(isEightBit(octets) ? SevenBitField.replaced(octets) : octets);
    }

    /** @return whole lines that stand alone, as this part has them; @param quoted as {@link #isQuoting} said */
    public static byte[] lines(byte[] octets, boolean quoted) {
        if (quoted) {
            return QuotedPrintable.encode(octets);
        }
        return isEightBit(octets) ? SevenBitField.replaced(octets) : octets;
    }
}
