package org.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.posthorn.mail.FooterText.Encoding;

/**
 * Puts a list's footer on a message, in a way that every reader shows and no reader breaks on.
 *
 * <p>Plain text gets it appended within its own charset and transfer encoding; multipart/mixed gets it as a part; all else
 * becomes the first part of a new multipart/mixed. What is signed or encrypted is left exactly as it is. Reads the body
 * once, as a stream: how to go about it is decided by the header and the first octets; where these say something odd (no
 * such boundary, broken base64, two Content-Type fields), the message is wrapped. Malformed input is never an exception.
 *
 * <p>What comes out has CRLF only and no NUL.
 */
public final class Decoration {

    /** What was done with a message. */
    public enum Way {
        /** Left exactly as it was: signed, encrypted, or there is no footer. */
        LEFT_ALONE,
        /** The text is in the message's own text. */
        APPENDED,
        /** The text is a part of the message's own multipart/mixed. */
        INSERTED,
        /** The message became the first part of a new multipart/mixed. */
        WRAPPED
    }

    /** How much of a body is looked at before a decision. */
    static final int LOOK_AHEAD = 128 * 1024;

    private final HeaderBlock header;
    private final byte[] start;
    private final boolean startIsAll;
    private final InputStream body;
    private final Footer footer;
    private final CopyOutput out;
    private final ContentType type;

    private Decoration(
            HeaderBlock header, byte[] start, boolean startIsAll, InputStream body, Footer footer, CopyOutput out) {
        this.header = header;
        this.start = start;
        this.startIsAll = startIsAll;
        this.body = body;
        this.footer = footer;
        this.out = out;
        this.type = ContentType.of(header);
    }

    /**
     * What came of it.
     *
     * @param plan where each recipient's copy differs from what was written
     */
    public record Decorated(Way way, CopyPlan plan) {}

    /** Like {@link #apply(HeaderBlock, InputStream, Footer, boolean, OutputStream)}, with the To that it has. */
    public static Decorated apply(HeaderBlock header, InputStream body, Footer footer, OutputStream out)
            throws IOException {
        return apply(header, body, footer, false, out);
    }

    /**
     * @param header is not changed
     * @param body read to its end, not closed
     * @param footer with marks where it is another in each copy; what is written is for nobody
     * @param toRecipient whether each copy's To names its recipient
     * @param out gets the whole message; flushed, not closed
     */
    public static Decorated apply(
            HeaderBlock header, InputStream body, Footer footer, boolean toRecipient, OutputStream out)
            throws IOException {
        byte[] raw = body.readNBytes(LOOK_AHEAD);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(raw), body);
        CopyOutput copy = new CopyOutput(out, toRecipient);
        Way way = new Decoration(header.copy(), mended(raw), raw.length < LOOK_AHEAD, all, footer, copy).apply();
        copy.flush();
        return new Decorated(way, copy.plan());
    }

    private static byte[] mended(byte[] raw) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(raw.length + 1024);
        new CrLfOutputStream(octets).write(raw);
        return octets.toByteArray();
    }

    private Way apply() throws IOException {
        if (footer.isEmpty() || type.isSealed()) {
            return leaveAlone();
        }
        Optional<TransferEncoding> encoding = TransferEncoding.of(header);
        if (encoding.isEmpty() || header.values("Content-Type").size() > 1) {
            return wrap();
        }
        if (type.is("text/plain")) {
            return text(encoding.get());
        }
        boolean plainly =
                encoding.get() != TransferEncoding.BASE64 && encoding.get() != TransferEncoding.QUOTED_PRINTABLE;
        if (type.is("multipart/mixed")
                && plainly
                && type.boundary().filter(this::opensAhead).isPresent()) {
            return insert(type.boundary().get());
        }
        return wrap();
    }

    private Way leaveAlone() throws IOException {
        out.header(header);
        body.transferTo(out);
        return Way.LEFT_ALONE;
    }

    private Way text(TransferEncoding encoding) throws IOException {
        byte[] decoded = switch (encoding) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> start;
            case QUOTED_PRINTABLE -> QuotedPrintable.decode(start);
            case BASE64 -> Base64InputStream.decode(start);
        };
        if (holdsPgp(decoded)) {
            return leaveAlone();
        }
        boolean attached = header.first("Content-Disposition")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .startsWith("attachment");
        if (attached || encoding == TransferEncoding.BASE64 && !Base64InputStream.isSound(start, startIsAll)) {
            return wrap();
        }
        Optional<Charset> charset = type.charset();
        if (charset.isPresent() && footer.fits(charset.get())) {
            return append(encoding, charset.get());
        }
        boolean relabel = charset.equals(Optional.of(StandardCharsets.US_ASCII)) && startIsAll && isSevenBit(decoded);
        boolean rewritable = type.parameters().values().stream()
                .allMatch(value -> isSevenBit(value.getBytes(StandardCharsets.UTF_8)));
        if (!relabel || !rewritable || !footer.fits(StandardCharsets.UTF_8)) {
            return wrap();
        }
        header.set("Content-Type", type.with("charset", "utf-8").toString());
        return append(encoding, StandardCharsets.UTF_8);
    }

    private Way append(TransferEncoding encoding, Charset charset) throws IOException {
        boolean flowed = "flowed".equalsIgnoreCase(type.parameter("format").orElse(""));
        boolean encode = encoding == TransferEncoding.SEVEN_BIT && !footer.isSevenBitIn(charset);
        if (encode) {
            header.set("Content-Transfer-Encoding", "quoted-printable");
        } else if (encoding == TransferEncoding.SEVEN_BIT && footer.isPersonal()) {
            // Only an address that needs SMTPUTF8, and with it 8BITMIME, makes it more than 7bit.
            header.set("Content-Transfer-Encoding", "8bit");
        }
        if (!header.has("MIME-Version") && header.has("Content-Type")) {
            header.set("MIME-Version", "1.0");
        }
        forgetSizes();
        out.header(header);
        Encoding texts = encode || encoding == TransferEncoding.QUOTED_PRINTABLE
                ? Encoding.QUOTED_PRINTABLE
                : encoding == TransferEncoding.BASE64 ? Encoding.BASE64 : Encoding.PLAIN;
        TextAppender appender = new TextAppender(
                new FooterText(footer.above(), charset, texts, flowed),
                body,
                new FooterText(footer.below(), charset, texts, flowed),
                flowed);
        switch (encoding) {
            case SEVEN_BIT -> {
                if (encode) {
                    appender.asQuotedPrintable(out);
                } else {
                    appender.asItStands(out);
                }
            }
            case EIGHT_BIT, BINARY -> appender.asItStands(out);
            case QUOTED_PRINTABLE -> appender.withinQuotedPrintable(out);
            case BASE64 -> appender.withinBase64(out);
        }
        return Way.APPENDED;
    }

    private Way insert(String boundary) throws IOException {
        if (!header.has("MIME-Version")) {
            header.set("MIME-Version", "1.0");
        }
        forgetSizes();
        out.header(header);
        MultipartInserter inserter = new MultipartInserter(
                out, boundary, new FooterPart(footer.above(), out), new FooterPart(footer.below(), out));
        body.transferTo(new CrLfOutputStream(inserter));
        inserter.finish();
        return Way.INSERTED;
    }

    private Way wrap() throws IOException {
        forgetSizes();
        List<HeaderField> content =
                header.fields().stream().filter(Decoration::isContent).toList();
        boolean eightBit = TransferEncoding.of(header)
                .map(TransferEncoding::carriesEightBits)
                .orElse(true);
        header.remove(Decoration::isContent);
        String boundary = "=_posthorn_" + UUID.randomUUID();
        if (!header.has("MIME-Version")) {
            header.set("MIME-Version", "1.0");
        }
        header.set("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        if (eightBit) {
            header.set("Content-Transfer-Encoding", "8bit");
        }
        out.header(header);
        part(boundary, footer.above());
        out.write(ascii("--" + boundary + "\r\n"));
        for (HeaderField field : content) {
            field.writeTo(out);
        }
        out.write(ascii("\r\n"));
        body.transferTo(out);
        out.write(ascii("\r\n"));
        part(boundary, footer.below());
        out.write(ascii("--" + boundary + "--\r\n"));
        return Way.WRAPPED;
    }

    private static boolean isContent(HeaderField field) {
        return field.name().toLowerCase(Locale.ROOT).startsWith("content-");
    }

    /** They would be wrong now. */
    private void forgetSizes() {
        header.remove("Content-Length");
        header.remove("Content-MD5");
        header.remove("Lines");
    }

    private void part(String boundary, String text) throws IOException {
        FooterPart part = new FooterPart(text, out);
        if (!part.isEmpty()) {
            out.write(ascii("--" + boundary + "\r\n"));
            part.write();
        }
    }

    private boolean opensAhead(String boundary) {
        String delimiter = "\r\n--" + boundary;
        String text = "\r\n" + new String(start, StandardCharsets.ISO_8859_1);
        String latin = new String(delimiter.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf(latin); at >= 0; at = text.indexOf(latin, at + 1)) {
            int end = text.indexOf("\r\n", at + 2);
            String rest = text.substring(at + latin.length(), end < 0 ? text.length() : end);
            if (rest.isBlank()) {
                return true;
            }
            if (rest.startsWith("--") && rest.substring(2).isBlank()) {
                return false;
            }
        }
        return false;
    }

    private static boolean holdsPgp(byte[] text) {
        String lines = "\n" + new String(text, StandardCharsets.ISO_8859_1);
        return lines.contains("\n-----BEGIN PGP SIGNED MESSAGE-----")
                || lines.contains("\n-----BEGIN PGP MESSAGE-----");
    }

    private static boolean isSevenBit(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
