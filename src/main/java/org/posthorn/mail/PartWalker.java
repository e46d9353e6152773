package org.posthorn.mail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Goes through a message of any size line by line, and knows in which part it is (RFC 2045, RFC 2046). Octets come with
 * CRLF. Keeps one part's header and the beginning of one line in memory.
 */
abstract class PartWalker extends OutputStream {

    /** What a header begins. */
    enum Kind {
        /** A multipart or a message: what follows is other parts, with text between them that nobody reads. */
        CONTAINER,
        LEAF
    }

    private static final int DEEPEST = 20;
    private static final int LONGEST_KEPT = 16 * 1024;
    private static final Set<String> SEALING = Set.of("multipart/signed", "multipart/encrypted");
    private static final Set<String> MESSAGES = Set.of("message/rfc822", "message/global");

    /**
     * A multipart.
     *
     * @param sealed within something signed or encrypted
     * @param digest whose parts are messages unless they say otherwise (RFC 2046 section 5.1.5)
     */
    private record Level(byte[] delimiter, boolean sealed, boolean digest) {}

    private final List<Level> levels = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    private final ByteArrayOutputStream header = new ByteArrayOutputStream(4096);
    private boolean lineStart = true;
    private boolean inHeader = true;
    private boolean inLeaf;
    private int messages;

    /** A line of the header of the next part, or a part of a long one. */
    abstract void header(byte[] octets) throws IOException;

    /** @param fields all of them */
    abstract void endOfHeader(Kind kind, HeaderBlock fields) throws IOException;

    /** The empty line after a header. */
    abstract void empty(byte[] octets) throws IOException;

    /** A line of a leaf's body, or a part of a long one. */
    abstract void leaf(byte[] octets) throws IOException;

    /** A line of what nobody reads: before the first part, behind the last, and between them. */
    abstract void between(byte[] octets) throws IOException;

    final boolean isSealed() {
        return !levels.isEmpty() && levels.get(levels.size() - 1).sealed();
    }

    final boolean isInHeader() {
        return inHeader;
    }

    final boolean isInLeaf() {
        return inLeaf && !inHeader;
    }

    static boolean isEightBit(byte[] octets) {
        int all = 0;
        for (byte octet : octets) {
            all |= octet;
        }
        return all < 0;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (octets[i] == '\n' || line.size() + i - from > LONGEST_KEPT) {
                line.write(octets, from, i + 1 - from);
                from = i + 1;
                take(octets[i] == '\n');
            }
        }
        line.write(octets, from, offset + length - from);
    }

    /** What came last may have no line end. */
    void finish() throws IOException {
        if (line.size() > 0) {
            take(false);
        }
        if (inHeader) {
            endHeader();
        }
    }

    private void take(boolean ends) throws IOException {
        byte[] octets = line.toByteArray();
        line.reset();
        boolean starts = lineStart;
        lineStart = ends;
        int level = starts ? delimited(octets) : -1;
        if (level >= 0) {
            delimiter(octets, level);
        } else if (!inHeader) {
            body(octets);
        } else if (starts && isEmpty(octets)) {
            endHeader();
            empty(octets);
        } else if (starts && !isOfField(octets)) {
            endHeader(); // a part without the empty line
            body(octets);
        } else {
            ofHeader(octets);
        }
    }

    private void body(byte[] octets) throws IOException {
        if (inHeader) {
            ofHeader(octets); // a message's own begins where that of the part around it ended
        } else if (inLeaf) {
            leaf(octets);
        } else {
            between(octets);
        }
    }

    private void ofHeader(byte[] octets) throws IOException {
        // One octet more than there is room for tells that it was too long.
        header.write(
                octets, 0, Math.max(0, Math.min(octets.length, MailMessage.MAX_HEADER_OCTETS + 1 - header.size())));
        header(octets);
    }

    private void endHeader() throws IOException {
        HeaderBlock fields = HeaderBlock.parse(header.toByteArray());
        header.reset();
        ContentType type = ContentType.of(fields);
        String media = type.type() + "/" + type.subtype();
        boolean multipart = type.isMultipart() && type.boundary().isPresent() && levels.size() < DEEPEST;
        boolean implied = !fields.has("Content-Type")
                && !levels.isEmpty()
                && levels.get(levels.size() - 1).digest();
        boolean message = (MESSAGES.contains(media) || implied)
                && messages < DEEPEST
                && TransferEncoding.of(fields)
                        .filter(encoding -> encoding == TransferEncoding.SEVEN_BIT || encoding.carriesEightBits())
                        .isPresent();
        if (multipart) {
            byte[] delimiter = ("--" + type.boundary().get()).getBytes(StandardCharsets.UTF_8);
            levels.add(new Level(delimiter, isSealed() || SEALING.contains(media), media.equals("multipart/digest")));
        }
        messages += message ? 1 : 0;
        inHeader = message;
        inLeaf = !multipart && !message;
        endOfHeader(inLeaf ? Kind.LEAF : Kind.CONTAINER, fields);
    }

    private void delimiter(byte[] octets, int level) throws IOException {
        if (inHeader) {
            endHeader();
        }
        while (levels.size() > level + 1) {
            levels.remove(levels.size() - 1);
        }
        boolean closes = closes(octets, levels.get(level).delimiter().length);
        inLeaf = false;
        inHeader = !closes;
        between(octets);
        if (closes) {
            levels.remove(level);
        }
    }

    /** @return whose delimiter this line is, the innermost first; -1: nobody's */
    private int delimited(byte[] octets) {
        if (octets.length < 3 || octets[0] != '-' || octets[1] != '-') {
            return -1;
        }
        for (int i = levels.size() - 1; i >= 0; i--) {
            byte[] delimiter = levels.get(i).delimiter();
            int after = delimiter.length;
            if (octets.length >= after
                    && Arrays.equals(octets, 0, after, delimiter, 0, after)
                    && (isBlank(octets, after) || closes(octets, after))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean closes(byte[] octets, int from) {
        return octets.length >= from + 2 && octets[from] == '-' && octets[from + 1] == '-' && isBlank(octets, from + 2);
    }

    private static boolean isBlank(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] != ' ' && octets[i] != '\t' && octets[i] != '\r' && octets[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isEmpty(byte[] octets) {
        return octets.length <= 2 && isBlank(octets, 0);
    }

    private static boolean isOfField(byte[] octets) {
        if (octets[0] == ' ' || octets[0] == '\t') {
            return true;
        }
        for (byte octet : octets) {
            if (octet == ':') {
                return true;
            }
        }
        return false;
    }
}
