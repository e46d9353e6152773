package org.posthorn.mail.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.posthorn.mail.ContentType;
import org.posthorn.mail.CrLfOutputStream;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.MimeCharset;
import org.posthorn.mail.TransferEncoding;
import org.posthorn.mail.filter.HtmlText;
import org.posthorn.mail.filter.PartDecoder;
import org.posthorn.mail.reading.PartBody.Use;

/**
 * Goes through a message once and tells all of its text, from the first octet to the last: plain text as it stands, HTML
 * as plain text, of alternatives the first that has any, messages within the message with what they say of themselves. Of
 * other parts it says what they are. A part of plain text may be of any size; HTML above half a megabyte counts as a part
 * that is no text.
 */
public final class TextWalk {

    private static final int LARGEST_HTML = 512 * 1024;
    private static final int LONGEST_PART_HEADER = 32 * 1024;
    private static final int LONGEST_PIECE = 64 * 1024;
    private static final int DEEPEST = 50;
    private static final Set<String> MESSAGES = Set.of("message/rfc822", "message/global");

    /** Is told what there is, in order. */
    public interface Reader {

        /** A text follows, apart from what was before. */
        void begin() throws IOException;

        /** @param piece of a text; lines ended by LF, no controls; the last one may have no end */
        void text(String piece) throws IOException;

        /** A part that is no text. */
        void left(Attachment part) throws IOException;

        /** A message within the message; its texts follow. */
        void message(HeaderBlock header) throws IOException;
    }

    /** A multipart around. */
    private static final class Level {

        private final String boundary;
        /** Whether its parts say the same in several ways. */
        private final boolean alternative;
        /** Whether its parts are messages unless they say otherwise (RFC 2046 section 5.1.5). */
        private final boolean digest;
        /** A text in it has been told. */
        private boolean told;
        /** Its further parts say what has been told. */
        private boolean over;

        Level(ContentType type) {
            this.boundary = type.boundary().orElseThrow();
            this.alternative = type.is("multipart/alternative");
            this.digest = type.is("multipart/digest");
        }
    }

    private enum Place {
        BETWEEN,
        HEADER,
        TEXT,
        OTHER
    }

    private final Reader reader;
    private final List<Level> levels = new ArrayList<>();

    private Place place = Place.BETWEEN;
    private ByteArrayOutputStream partHeader = new ByteArrayOutputStream();
    private boolean ofMessage;
    private int messages;
    private OutputStream text;
    private Pieces pieces;
    private PartBody other;

    private TextWalk(Reader reader) {
        this.reader = reader;
    }

    /** @param body of the message, read to its end, not closed */
    public static void of(HeaderBlock header, InputStream body, Reader reader) throws IOException {
        TextWalk walk = new TextWalk(reader);
        walk.begin(header);
        walk.read(new PartLines(body));
    }

    private void read(PartLines lines) throws IOException {
        while (lines.next()) {
            String delimiter = levels.isEmpty() ? null : lines.delimiter();
            if (delimiter == null || !delimits(delimiter)) {
                take(lines);
            }
        }
        if (place == Place.HEADER) {
            endHeader();
        }
        end();
    }

    private void take(PartLines lines) throws IOException {
        switch (place) {
            case BETWEEN -> {
                // Nobody is meant to read it.
            }
            case HEADER -> header(lines);
            case TEXT -> text.write(lines.octets(), lines.start(), lines.length());
            case OTHER -> other.take(lines.octets(), lines.start(), lines.length());
        }
    }

    private boolean delimits(String delimiter) throws IOException {
        for (int i = levels.size() - 1; i >= 0; i--) {
            String boundary = levels.get(i).boundary;
            boolean last = delimiter.equals(boundary + "--");
            if (!last && !delimiter.equals(boundary)) {
                continue;
            }
            if (place == Place.HEADER) {
                endHeader();
            }
            end();
            levels.subList(last ? i : i + 1, levels.size()).clear();
            if (!last) {
                levels.get(i).over = levels.get(i).alternative && levels.get(i).told;
            }
            place = last ? Place.BETWEEN : Place.HEADER;
            ofMessage = false;
            return true;
        }
        return false;
    }

    private void header(PartLines lines) throws IOException {
        if (lines.isBlank()) {
            endHeader();
            return;
        }
        int room = LONGEST_PART_HEADER - partHeader.size();
        partHeader.write(lines.octets(), lines.start(), Math.max(0, Math.min(lines.length(), room)));
    }

    private void endHeader() throws IOException {
        HeaderBlock header = HeaderBlock.parse(partHeader.toByteArray());
        partHeader = new ByteArrayOutputStream();
        if (ofMessage && !isPassedOver()) {
            reader.message(header);
        }
        begin(header);
    }

    private boolean isPassedOver() {
        return levels.stream().anyMatch(level -> level.over);
    }

    /** What follows this header. */
    private void begin(HeaderBlock header) throws IOException {
        boolean implied =
                !ofMessage && !levels.isEmpty() && levels.get(levels.size() - 1).digest && !header.has("Content-Type");
        ContentType type = ContentType.of(header);
        ofMessage = false;
        if (type.isMultipart() && type.boundary().isPresent() && levels.size() < DEEPEST) {
            levels.add(new Level(type));
            place = Place.BETWEEN;
        } else if ((implied || MESSAGES.contains(type.type() + "/" + type.subtype()))
                && messages < DEEPEST
                && isPlain(header)) {
            messages++;
            ofMessage = true;
            place = Place.HEADER;
        } else {
            leaf(header, type);
        }
    }

    private static boolean isPlain(HeaderBlock header) {
        return TransferEncoding.of(header)
                .filter(encoding -> encoding == TransferEncoding.SEVEN_BIT || encoding.carriesEightBits())
                .isPresent();
    }

    private void leaf(HeaderBlock header, ContentType type) throws IOException {
        if (isPassedOver()) {
            place = Place.BETWEEN;
            return;
        }
        other = new PartBody(header, type, Use.ATTACHMENT, 0);
        if (!type.type().equals("text")) {
            place = Place.OTHER;
            return;
        }
        place = Place.TEXT;
        pieces = new Pieces(
                type.is("text/html"), type.parameter("charset").orElse("").strip());
        text = new CrLfOutputStream(
                new PartDecoder(TransferEncoding.of(header).orElse(TransferEncoding.EIGHT_BIT), pieces));
    }

    private void end() throws IOException {
        if (place == Place.TEXT) {
            text.close();
            if (pieces.seen) {
                levels.forEach(level -> level.told = true);
            } else if (pieces.html && pieces.tooLarge) {
                other.take(new byte[0], 0, 0);
                reader.left(new Attachment(other.attachment().name(), "text/html", pieces.octets));
            }
        } else if (place == Place.OTHER) {
            reader.left(other.attachment());
        }
        place = Place.BETWEEN;
    }

    /** Decoded octets on their way to the reader: a text of any size in pieces, HTML whole. */
    private final class Pieces extends OutputStream {

        private final boolean html;
        private final String charset;
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
        private boolean seen;
        private boolean tooLarge;
        private long octets;

        Pieces(boolean html, String charset) {
            this.html = html;
            this.charset = charset;
        }

        @Override
        public void write(int octet) throws IOException {
            octets++;
            if (tooLarge) {
                return;
            }
            waiting.write(octet);
            if (html) {
                tooLarge = waiting.size() > LARGEST_HTML;
            } else if (waiting.size() >= LONGEST_PIECE && (octet == '\n' || waiting.size() >= 2 * LONGEST_PIECE)) {
                tell(MimeCharset.decode(waiting.toByteArray(), charset));
                waiting.reset();
            }
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            for (int i = offset; i < offset + length; i++) {
                write(from[i]);
            }
        }

        private void tell(String decoded) throws IOException {
            String clean = OneWay.lines(decoded);
            if (!seen && clean.isBlank()) {
                return;
            }
            if (!seen) {
                reader.begin();
                seen = true;
            }
            reader.text(clean);
        }

        @Override
        public void close() throws IOException {
            if (html && !tooLarge) {
                tell(HtmlText.of(MimeCharset.decodeHtml(waiting.toByteArray(), charset)));
            } else if (!html) {
                tell(MimeCharset.decode(waiting.toByteArray(), charset));
            }
        }
    }

    /** The text of a stored message. @return its header */
    public static HeaderBlock of(InputStream message, Reader reader) throws IOException {
        MailMessage mail = MailMessage.open(message);
        of(mail.header(), mail.body(), reader);
        return mail.header();
    }
}
