package org.posthorn.mail.filter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.filter.Part.Rewrite;

/** A piece of the new body, made of octets of the old one. Pieces come in the order of what they are made of. */
abstract class Piece {

    final long from;
    final long to;

    /** @param from the first octet that it is made of; @param to behind the last one; the same: it is made of nothing */
    Piece(long from, long to) {
        this.from = from;
        this.to = to;
    }

    /** @return what is given the octets */
    abstract OutputStream sink(OutputStream out) throws IOException;

    /** When it has been given all. */
    void end(OutputStream out) throws IOException {}

    static Piece copy(long from, long to) {
        return new Piece(from, to) {
            @Override
            OutputStream sink(OutputStream out) {
                return out;
            }
        };
    }

    static Piece literal(String text) {
        return literal(text.getBytes(StandardCharsets.UTF_8));
    }

    static Piece literal(byte[] octets) {
        return new Piece(0, 0) {
            @Override
            OutputStream sink(OutputStream out) {
                return OutputStream.nullOutputStream();
            }

            @Override
            void end(OutputStream out) throws IOException {
                out.write(octets);
            }
        };
    }

    /** A header's fields but those about content, without the empty line. */
    static Piece fieldsBesideContent(long from, long to) {
        return new Piece(from, to) {
            @Override
            OutputStream sink(OutputStream out) {
                return new FieldsBesideContent(out);
            }
        };
    }

    /** @param header gets the new part's fields; null: they are written, with the empty line, before the body */
    static Piece rewritten(Part part, Shelf shelf, Consumer<List<HeaderField>> header) {
        return part.rewrite == Rewrite.LINK ? new LinkPiece(part, shelf, header) : new TextPiece(part, header);
    }

    static void put(List<HeaderField> fields, byte[] body, Consumer<List<HeaderField>> header, OutputStream out)
            throws IOException {
        if (header == null) {
            out.write(lines(fields));
        } else {
            header.accept(fields);
        }
        out.write(body);
    }

    /** @return with the empty line */
    static byte[] lines(List<HeaderField> fields) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        fields.forEach(field -> lines.writeBytes(field.octets()));
        lines.writeBytes(new byte[] {'\r', '\n'});
        return lines.toByteArray();
    }
}
