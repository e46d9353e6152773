package org.posthorn.mail.filter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.mail.HeaderField;
import org.posthorn.mail.MimeCharset;
import org.posthorn.mail.TransferEncoding;

/** HTML that becomes plain text. HTML that holds something signed or encrypted stays. */
final class TextPiece extends Piece {

    private final Part part;
    private final Consumer<List<HeaderField>> header;
    private ByteArrayOutputStream html = new ByteArrayOutputStream();

    TextPiece(Part part, Consumer<List<HeaderField>> header) {
        super(part.bodyStart, part.end);
        this.part = part;
        this.header = header;
    }

    @Override
    OutputStream sink(OutputStream out) {
        return html;
    }

    @Override
    void end(OutputStream out) throws IOException {
        byte[] encoded = html.toByteArray();
        html = null; // of many such parts only one is in memory
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(encoded.length);
        OutputStream decoder = new PartDecoder(part.encoding.orElse(TransferEncoding.EIGHT_BIT), decoded);
        decoder.write(encoded);
        decoder.close();
        String text = MimeCharset.decodeHtml(
                decoded.toByteArray(), part.type.parameter("charset").orElse(""));
        if (text.contains("-----BEGIN PGP ")) {
            put(part.content, encoded, header, out);
            return;
        }
        TextPart plain = TextPart.of(HtmlText.of(text), part);
        put(plain.fields(), plain.body(), header, out);
    }
}
