package org.posthorn.mail.filter;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.TransferEncoding;

/** A part that is kept elsewhere, with a notice in its place. */
final class LinkPiece extends Piece {

    private final Part part;
    private final Shelf shelf;
    private final Consumer<List<HeaderField>> header;
    private Shelf.Place place;
    private OutputStream decoder;

    LinkPiece(Part part, Shelf shelf, Consumer<List<HeaderField>> header) {
        super(part.bodyStart, part.end);
        this.part = part;
        this.shelf = shelf;
        this.header = header;
    }

    @Override
    OutputStream sink(OutputStream out) throws IOException {
        place = shelf.place(part.number, part.media(), part.name());
        decoder = new PartDecoder(part.encoding.orElse(TransferEncoding.EIGHT_BIT), place.octets());
        return decoder;
    }

    @Override
    void end(OutputStream out) throws IOException {
        decoder.close();
        TextPart notice = TextPart.of(place.notice(), part);
        put(notice.fields(), notice.body(), header, out);
        place = null; // of many such parts only one has its octets in memory
        decoder = null;
    }
}
