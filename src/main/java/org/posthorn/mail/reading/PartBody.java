package org.posthorn.mail.reading;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.mail.Base64InputStream;
import org.posthorn.mail.ContentType;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MimeCharset;
import org.posthorn.mail.QuotedPrintable;
import org.posthorn.platform.Text;

/** One part without parts of its own: its first octets where they are wanted, else their number alone. */
final class PartBody {

    /** What is done with a part. */
    enum Use {
        TEXT,
        HTML,
        ATTACHMENT
    }

    private static final int LONGEST_NAME = 200;

    private final ContentType type;
    private final String encoding;
    private final String name;
    private final Use use;
    private final int most;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long octets;
    private boolean cut;

    /** @param most how many octets of the encoded body are kept; the others are only counted */
    PartBody(HeaderBlock header, ContentType type, Use use, int most) {
        this.type = type;
        this.encoding = header.values("Content-Transfer-Encoding").stream()
                .findFirst()
                .map(value -> value.toLowerCase(Locale.ROOT).strip())
                .orElse("7bit");
        this.name = name(header, type);
        this.use = use;
        this.most = most;
    }

    static boolean isAttachment(HeaderBlock header, ContentType type) {
        return disposition(header)
                        .map(value -> value.subtype().equals("attachment"))
                        .orElse(false)
                || disposition(header)
                        .flatMap(value -> value.parameter("filename"))
                        .isPresent()
                || type.parameter("name").isPresent();
    }

    /** A disposition is written as a media type is, less the slash. */
    private static Optional<ContentType> disposition(HeaderBlock header) {
        return header.first("Content-Disposition").flatMap(value -> ContentType.parse("x/" + value));
    }

    private static String name(HeaderBlock header, ContentType type) {
        String given = disposition(header)
                .flatMap(value -> value.parameter("filename"))
                .or(() -> header.first("Content-Type")
                        .flatMap(ContentType::parse)
                        .flatMap(value -> value.parameter("name")))
                .orElse(type.parameter("name").orElse(""));
        return OneWay.text(Text.line(given, LONGEST_NAME)).strip();
    }

    void take(byte[] from, int start, int length) {
        if (use == Use.ATTACHMENT) {
            octets += encoding.equals("base64") ? payload(from, start, length) : length;
            return;
        }
        int room = most - kept.size();
        kept.write(from, start, Math.min(length, room));
        cut |= length > room;
        octets += length;
    }

    /** How many of base64's digits. */
    private static int payload(byte[] from, int start, int length) {
        int digits = 0;
        for (int i = start; i < start + length; i++) {
            byte c = from[i];
            if (c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/') {
                digits++;
            }
        }
        return digits;
    }

    Use use() {
        return use;
    }

    /** How many octets are in memory. */
    int kept() {
        return kept.size();
    }

    boolean cut() {
        return cut;
    }

    Attachment attachment() {
        return new Attachment(
                name, type.type() + "/" + type.subtype(), encoding.equals("base64") ? octets * 3 / 4 : octets);
    }

    /** The decoded text, lines ended by LF, without controls. */
    String text() {
        byte[] encoded = kept.toByteArray();
        byte[] decoded = switch (encoding) {
            case "base64" -> Base64InputStream.decode(encoded);
            case "quoted-printable" -> QuotedPrintable.decode(withCrLf(encoded));
            default -> encoded;
        };
        return OneWay.lines(MimeCharset.decode(
                decoded, type.parameter("charset").orElse("utf-8").strip()));
    }

    /** Soft breaks are known by CRLF; a message that was stored with bare LF has them too. */
    private static byte[] withCrLf(byte[] octets) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(octets.length + octets.length / 40);
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n' && (i == 0 || octets[i - 1] != '\r')) {
                lines.write('\r');
            }
            lines.write(octets[i]);
        }
        return lines.toByteArray();
    }
}
