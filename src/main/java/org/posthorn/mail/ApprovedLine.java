package org.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A moderator's password that stands where anybody could read it: in the first line of the text that is not blank,
 * {@code Approved: password}, as one writes it who cannot set header fields. It must not reach the members; so the line is
 * taken out, and whatever shows it in the other texts of the message (the HTML alternative), and nothing else.
 */
public final class ApprovedLine {

    /** The names by which moderators approve, of header fields and of this line. */
    public static final List<String> NAMES = List.of("Approve", "Approved", "X-Approve", "X-Approved");

    /** The header fields that can hold the password: these, and the one by which a post is urgent. */
    public static final List<String> PASSWORD_FIELDS =
            List.of("Approve", "Approved", "X-Approve", "X-Approved", "Urgent");

    /** The names, so that of two that end alike the longer is found first. */
    static final List<String> NAMES_LONGEST_FIRST = List.of("X-Approved", "X-Approve", "Approved", "Approve");

    /** A text in which the line is to be found begins within so many octets of the body. */
    public static final int LOOK_AHEAD = 64 * 1024;

    /** Only of a body up to this size, in octets, is it certain that no text shows the password any more. */
    public static final int MAX_BODY = 1024 * 1024;

    private static final int LONGEST_LINE = 1000;

    private final String password;
    private final Leaf leaf;
    private final byte[] without;

    private ApprovedLine(String password, Leaf leaf, byte[] without) {
        this.password = password;
        this.leaf = leaf;
        this.without = without;
    }

    /** What stands behind the colon, stripped. Never log it. */
    public String password() {
        return password;
    }

    /**
     * @param body its start, or all of it
     * @return empty: there is no such line
     */
    public static Optional<ApprovedLine> find(HeaderBlock header, byte[] body) {
        return Leaf.of(header, body, body.length < LOOK_AHEAD).stream()
                .filter(leaf -> leaf.is("text/plain"))
                .findFirst()
                .flatMap(leaf -> in(leaf, body));
    }

    /**
     * @param header the message's
     * @param body its first {@link #MAX_BODY} octets, or all of it
     * @param complete whether it is all of it
     * @return the same without the password
     */
    public byte[] withhold(HeaderBlock header, byte[] body, boolean complete) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(body.length);
        int at = 0;
        for (Leaf each : Leaf.of(header, body, complete)) {
            byte[] text = null;
            if (each.start() == leaf.start()) {
                text = in(each, body).map(line -> line.without).orElse(null);
            } else if (each.isText() && each.complete()) {
                text = cleaned(each, body);
            }
            if (text != null) {
                rest.write(body, at, each.start() - at);
                rest.writeBytes(text);
                at = each.end();
            }
        }
        rest.write(body, at, body.length - at);
        return rest.toByteArray();
    }

    /**
     * The message's body for others to read: without such a line, whoever approved it. Nobody else's text is touched.
     *
     * @param message whose body is read by this
     */
    public static InputStream bodyWithout(MailMessage message) throws IOException {
        HeaderBlock header = message.header().copy();
        byte[] start = message.body().readNBytes(LOOK_AHEAD);
        Optional<ApprovedLine> password = find(header, start);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), message.body());
        if (password.isEmpty()) {
            return all;
        }
        byte[] much = all.readNBytes(MAX_BODY);
        byte[] rest = password.get().withhold(header, much, much.length < MAX_BODY);
        return new SequenceInputStream(new ByteArrayInputStream(rest), message.body());
    }

    private static Optional<ApprovedLine> in(Leaf leaf, byte[] body) {
        boolean base64 = leaf.encoding() == TransferEncoding.BASE64;
        byte[] text = base64 ? leaf.decoded(body) : leaf.raw(body);
        boolean soft = leaf.encoding() == TransferEncoding.QUOTED_PRINTABLE;
        int start = 0;
        while (start < text.length) {
            int end = lineEnd(text, start, soft);
            byte[] octets = Arrays.copyOfRange(text, start, Math.min(end, start + LONGEST_LINE));
            String line = MimeCharset.guess(soft ? QuotedPrintable.decode(octets) : octets)
                    .replace('\u00a0', ' ')
                    .replace("\ufeff", "")
                    .strip();
            if (!line.isEmpty()) {
                byte[] without = cut(text, start, end);
                return password(line)
                        .map(password -> new ApprovedLine(
                                password, leaf, base64 ? Base64.getMimeEncoder().encode(without) : without));
            }
            start = end;
        }
        return Optional.empty();
    }

    /** In quoted-printable a line goes on behind a soft break. */
    private static int lineEnd(byte[] text, int start, boolean soft) {
        int line = start;
        int end = Leaf.nextLine(text, start, text.length);
        while (soft && end < text.length && endsSoftly(text, line, end)) {
            line = end;
            end = Leaf.nextLine(text, end, text.length);
        }
        return end;
    }

    private static boolean endsSoftly(byte[] text, int start, int end) {
        int last = end - 1;
        while (last >= start && " \t\r\n".indexOf(text[last]) >= 0) {
            last--;
        }
        return last >= start && text[last] == '=';
    }

    private static byte[] cut(byte[] text, int from, int to) {
        byte[] rest = new byte[text.length - (to - from)];
        System.arraycopy(text, 0, rest, 0, from);
        System.arraycopy(text, to, rest, from, text.length - to);
        return rest;
    }

    private static Optional<String> password(String line) {
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon)).strip();
        return NAMES.stream()
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .map(found -> line.substring(colon + 1).strip())
                .filter(password -> !password.isEmpty());
    }

    private byte[] cleaned(Leaf leaf, byte[] body) {
        Charset charset = ContentType.of(leaf.header()).charset().orElse(StandardCharsets.UTF_8);
        String text = new String(leaf.decoded(body), StandardCharsets.ISO_8859_1);
        String rest = new ShownSecret(password, charset).without(text);
        if (rest.length() == text.length()) {
            return null;
        }
        byte[] cleaned = rest.getBytes(StandardCharsets.ISO_8859_1);
        return switch (leaf.encoding()) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> cleaned;
            case QUOTED_PRINTABLE -> QuotedPrintable.encode(cleaned);
            case BASE64 -> Base64.getMimeEncoder().encode(cleaned);
        };
    }
}
