package org.posthorn.mail.filter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.posthorn.mail.ContentType;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.TransferEncoding;

/**
 * Learns where the parts of a message are. Is given its body with CRLF; keeps the parts' fields about content, up to a
 * bound for all of them, and the beginning of one line. A delimiter of an outer multipart ends the inner ones (RFC 2046
 * section 5.1.2). A multipart without a delimiter is a leaf, and so is what cannot be read otherwise.
 */
final class PartReader extends OutputStream {

    static final int DEEPEST = 60;
    static final int MOST_PARTS = 2000;
    private static final int LONGEST_HEADER = 32 * 1024;
    private static final int MOST_KEPT = 1024 * 1024;

    /** A line above this can be no delimiter. */
    private static final int LONGEST_DELIMITER = 1000;

    /** What is longer, in octets before it is decoded, says something. */
    private static final int LONGEST_BLANK = 4096;

    private static final ContentType MESSAGE = new ContentType("message", "rfc822", Map.of());

    private enum State {
        HEADER,
        LEAF,
        BETWEEN
    }

    private record Level(Part part, byte[] delimiter) {}

    private final Part root;
    private final List<Level> levels = new ArrayList<>();
    private Part current;
    private int parts = 1;
    private int kept;
    private boolean beyondBounds;
    private State state = State.HEADER;

    private final byte[] line = new byte[LONGEST_DELIMITER];
    private long position;
    private int length;
    private int visible;
    private int digits;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();

    /** What a part that has to be decoded has said so far, while that may be nothing. */
    private final ByteArrayOutputStream sample = new ByteArrayOutputStream();

    /** @param fields the message's header */
    PartReader(HeaderBlock fields) {
        this.root = new Part(null, 0, 0);
        this.current = root;
        enter(fields, 0);
    }

    /** @return the whole message, when all of its body has been written */
    Part finish() {
        if (length > 0) {
            endLine();
        }
        while (state == State.HEADER) {
            endHeader(position);
        }
        judgeSample(current);
        for (Part part = current; part != null; part = part.parent) {
            close(part, position);
        }
        return root;
    }

    /** Whether something is nested too deeply, or there are too many parts. */
    boolean isBeyondBounds() {
        return beyondBounds;
    }

    @Override
    public void write(int octet) {
        take((byte) octet);
    }

    @Override
    public void write(byte[] octets, int offset, int count) {
        for (int i = offset; i < offset + count; i++) {
            take(octets[i]);
        }
    }

    private void take(byte octet) {
        if (length < LONGEST_DELIMITER) {
            line[length] = octet;
        } else if (state == State.HEADER) {
            if (length == LONGEST_DELIMITER) {
                keep(line, LONGEST_DELIMITER);
            }
            if (header.size() < LONGEST_HEADER) {
                header.write(octet);
            }
        }
        length += length < Integer.MAX_VALUE ? 1 : 0;
        position++;
        if (octet > ' ' || octet < 0) {
            visible++;
            digits += octet != '=' ? 1 : 0;
        } else if (octet == '\n') {
            endLine();
        }
    }

    private void keep(byte[] octets, int count) {
        header.write(octets, 0, Math.max(0, Math.min(count, LONGEST_HEADER - header.size())));
    }

    private void endLine() {
        long from = position - length;
        boolean whole = length <= LONGEST_DELIMITER;
        if (!(whole && length > 2 && line[0] == '-' && line[1] == '-' && delimits(from))) {
            switch (state) {
                case HEADER -> ofHeader(from, whole);
                case LEAF -> ofLeaf();
                case BETWEEN -> {
                    // Nobody is meant to read it.
                }
            }
        }
        length = 0;
        visible = 0;
        digits = 0;
    }

    private void ofHeader(long from, boolean whole) {
        if (whole && visible == 0 && line[0] != ' ' && line[0] != '\t') {
            endHeader(position);
        } else if (whole && !isOfField()) {
            endHeader(from);
            if (state == State.HEADER) {
                ofHeader(from, true); // a message's own begins where that of the part around it ended
            } else if (state == State.LEAF) {
                ofLeaf();
            }
        } else if (whole) {
            keep(line, length);
        }
    }

    /** A field's name has no blanks but before its colon, and no controls. */
    private boolean isOfField() {
        if (line[0] == ' ' || line[0] == '\t') {
            return header.size() > 0;
        }
        int end = 0;
        while (end < length && line[end] != ':' && (line[end] > ' ' && line[end] != 0x7f || line[end] < 0)) {
            end++;
        }
        boolean named = end > 0;
        while (end < length && (line[end] == ' ' || line[end] == '\t')) {
            end++;
        }
        boolean fromLine = header.size() == 0 && (startsWith("From ") || startsWith(">From "));
        return named && end < length && line[end] == ':' || fromLine;
    }

    private boolean startsWith(String text) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        return length >= octets.length && Arrays.equals(line, 0, octets.length, octets, 0, octets.length);
    }

    private void ofLeaf() {
        if (isTransformed(current)) {
            sample.write(line, 0, Math.min(length, LONGEST_DELIMITER));
            current.blank &= length <= LONGEST_DELIMITER && sample.size() <= LONGEST_BLANK;
            if (!current.blank) {
                sample.reset();
            }
        } else {
            current.blank &= visible == 0;
        }
        current.octets += current.encoding.equals(Optional.of(TransferEncoding.BASE64)) ? digits : length;
    }

    private static boolean isTransformed(Part part) {
        return part.encoding
                .filter(encoding ->
                        encoding == TransferEncoding.BASE64 || encoding == TransferEncoding.QUOTED_PRINTABLE)
                .isPresent();
    }

    /** An empty text does not look so before it is decoded. */
    private void judgeSample(Part leaf) {
        if (leaf.kind == Part.Kind.LEAF && leaf.blank && isTransformed(leaf)) {
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            try (PartDecoder decoder = new PartDecoder(leaf.encoding.get(), decoded)) {
                decoder.write(sample.toByteArray(), 0, sample.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e); // memory takes all
            }
            // A no-break space in ISO 8859, and in UTF-8, where it is two octets, of which 0xC2 alone says nothing.
            leaf.blank = decoded.toString(StandardCharsets.ISO_8859_1)
                    .chars()
                    .allMatch(c -> c <= ' ' || c == 0xa0 || c == 0xc2);
        }
        sample.reset();
    }

    private void endHeader(long bodyStart) {
        HeaderBlock fields = HeaderBlock.parse(header.toByteArray());
        header.reset();
        enter(fields, bodyStart);
    }

    private void enter(HeaderBlock fields, long bodyStart) {
        Part part = current;
        boolean inDigest = part.parent != null && part.parent.type.is("multipart/digest");
        part.says(fields, inDigest ? MESSAGE : ContentType.DEFAULT);
        part.bodyStart = bodyStart;
        kept += part.content.stream().mapToInt(field -> field.octets().length).sum();
        boolean multipart = part.type.isMultipart() && part.boundary().isPresent();
        boolean message = (part.type.is("message/rfc822") || part.type.is("message/global"))
                && part.encoding
                        .filter(encoding ->
                                encoding != TransferEncoding.BASE64 && encoding != TransferEncoding.QUOTED_PRINTABLE)
                        .isPresent();
        boolean room = part.depth < DEEPEST && parts < MOST_PARTS && kept < MOST_KEPT;
        part.tooDeep = (multipart || message) && !room;
        beyondBounds |= part.tooDeep;
        if (multipart && room) {
            part.kind = Part.Kind.MULTIPART;
            levels.add(new Level(part, ("--" + part.boundary().get()).getBytes(StandardCharsets.UTF_8)));
            state = State.BETWEEN;
        } else if (message && room) {
            part.kind = Part.Kind.MESSAGE;
            begin(part, bodyStart);
        } else {
            state = State.LEAF;
        }
    }

    private void begin(Part parent, long start) {
        current = new Part(parent, parts++, start);
        parent.children.add(current);
        state = State.HEADER;
    }

    /** @return whether the line is a delimiter; then it has been minded. The outer ones come first. */
    private boolean delimits(long from) {
        for (int i = 0; i < levels.size(); i++) {
            byte[] delimiter = levels.get(i).delimiter();
            int after = delimiter.length;
            if (length < after || !Arrays.equals(line, 0, after, delimiter, 0, after)) {
                continue;
            }
            boolean closes = length >= after + 2 && line[after] == '-' && line[after + 1] == '-';
            if (isBlank(closes ? after + 2 : after)) {
                delimiter(i, closes, from);
                return true;
            }
        }
        return false;
    }

    private boolean isBlank(int from) {
        for (int i = from; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private void delimiter(int level, boolean closes, long from) {
        Part multipart = levels.get(level).part();
        while (state == State.HEADER) {
            endHeader(from);
        }
        judgeSample(current);
        for (Part part = current; part != multipart; part = part.parent) {
            close(part, from - 2);
        }
        levels.subList(closes ? level : level + 1, levels.size()).clear();
        current = multipart;
        state = State.BETWEEN;
        if (multipart.preambleEnd < 0) {
            multipart.preambleEnd = from;
        }
        if (closes) {
            multipart.epilogueStart = position;
        } else if (parts < MOST_PARTS && kept < MOST_KEPT) {
            begin(multipart, position);
        } else {
            multipart.cut = true;
            beyondBounds = true;
        }
    }

    private static void close(Part part, long end) {
        part.end = Math.max(part.bodyStart, end);
        if (part.kind == Part.Kind.MULTIPART && part.children.isEmpty() && !part.cut) {
            part.kind = Part.Kind.LEAF;
            part.blank = false;
        }
        if (part.encoding.equals(Optional.of(TransferEncoding.BASE64))) {
            part.octets = part.octets * 3 / 4;
        }
    }
}
