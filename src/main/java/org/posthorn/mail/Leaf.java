package org.posthorn.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A part of a message that has no parts itself, found in a body in memory. Forwarded messages count as one leaf: what is
 * in them is another message's.
 *
 * @param header the part's, for a message without parts the message's
 * @param start of the part's body within the message's body
 * @param end of it, without the line's end that belongs to the delimiter
 * @param complete whether the end was seen
 */
record Leaf(HeaderBlock header, int start, int end, boolean complete) {

    private static final int DEEPEST = 20;
    private static final int MOST = 200;

    /**
     * @param body from its first octet on
     * @param complete whether this is all of the body
     * @return in order; more than 200, or such as are nested deeper than 20, are left out
     */
    static List<Leaf> of(HeaderBlock header, byte[] body, boolean complete) {
        List<Leaf> leaves = new ArrayList<>();
        collect(new Leaf(header, 0, body.length, complete), body, 0, leaves);
        return leaves;
    }

    private static void collect(Leaf part, byte[] body, int depth, List<Leaf> leaves) {
        if (leaves.size() >= MOST || depth > DEEPEST) {
            return;
        }
        ContentType type = ContentType.of(part.header());
        Optional<String> boundary = type.isMultipart() ? type.boundary() : Optional.empty();
        if (boundary.isEmpty()) {
            leaves.add(part);
            return;
        }
        for (Leaf child : children(part, body, boundary.get())) {
            collect(child, body, depth + 1, leaves);
        }
    }

    private static List<Leaf> children(Leaf parent, byte[] body, String boundary) {
        byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
        List<Leaf> children = new ArrayList<>();
        int open = -1;
        int line = parent.start();
        while (line < parent.end() && children.size() < MOST) {
            int next = nextLine(body, line, parent.end());
            if (isDelimiter(body, line, next, delimiter)) {
                if (open >= 0) {
                    children.add(part(body, open, withoutLineEnd(body, open, line), true));
                }
                if (closes(body, line + delimiter.length, next)) {
                    return children;
                }
                open = next;
            }
            line = next;
        }
        if (open >= 0) {
            children.add(part(body, open, parent.end(), parent.complete()));
        }
        return children;
    }

    private static Leaf part(byte[] body, int start, int end, boolean complete) {
        try {
            MailMessage part = MailMessage.open(new ByteArrayInputStream(body, start, end - start));
            return new Leaf(part.header(), end - part.body().readAllBytes().length, end, complete);
        } catch (IOException e) {
            throw new IllegalStateException("octets in memory cannot be unreadable", e);
        }
    }

    static int nextLine(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && octets[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, end);
    }

    private static boolean isDelimiter(byte[] body, int line, int next, byte[] delimiter) {
        int after = line + delimiter.length;
        return after <= next
                && Arrays.equals(body, line, after, delimiter, 0, delimiter.length)
                && (isBlank(body, after, next) || closes(body, after, next));
    }

    private static boolean closes(byte[] body, int from, int next) {
        return from + 2 <= next && body[from] == '-' && body[from + 1] == '-' && isBlank(body, from + 2, next);
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r' && body[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static int withoutLineEnd(byte[] body, int from, int to) {
        int end = to > from && body[to - 1] == '\n' ? to - 1 : to;
        return end > from && body[end - 1] == '\r' ? end - 1 : end;
    }

    boolean is(String mediaType) {
        return ContentType.of(header).is(mediaType);
    }

    boolean isText() {
        return ContentType.of(header).type().equals("text");
    }

    byte[] raw(byte[] body) {
        return Arrays.copyOfRange(body, start, end);
    }

    /** @return without its transfer encoding; as it is where that is unknown */
    byte[] decoded(byte[] body) {
        byte[] raw = raw(body);
        return switch (encoding()) {
            case SEVEN_BIT, EIGHT_BIT, BINARY -> raw;
            case QUOTED_PRINTABLE -> QuotedPrintable.decode(raw);
            case BASE64 -> Base64InputStream.decode(raw);
        };
    }

    TransferEncoding encoding() {
        return TransferEncoding.of(header).orElse(TransferEncoding.EIGHT_BIT);
    }

    /** @return its text; what does not fit the charset that it names is read as well as may be */
    String text(byte[] body) {
        return MimeCharset.decode(
                decoded(body), ContentType.of(header).parameter("charset").orElse("us-ascii"));
    }
}
