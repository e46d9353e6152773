package org.posthorn.digest;

import java.io.IOException;
import java.io.OutputStream;
import org.posthorn.mail.HeaderBlock;

/** What there was to read, and where: each post's subject, author, date and page in the archive, without its text. */
final class SummaryDigest implements DigestKind {

    @Override
    public void write(Digest digest, OutputStream out) throws IOException {
        HeaderBlock header = digest.header();
        header.set("Content-Type", "text/plain; charset=utf-8");
        header.set("Content-Transfer-Encoding", "quoted-printable");
        header.writeTo(out);
        TextLines lines = new TextLines(out);
        PlainDigest.preamble(digest, lines);
        lines.line("");
        new Topics(digest).writeWithLinks(lines);
        lines.line("");
        lines.text(digest.texts().footer());
        lines.finish();
    }
}
