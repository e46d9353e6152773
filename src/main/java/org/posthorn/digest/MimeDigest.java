package org.posthorn.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.posthorn.mail.HeaderBlock;

/**
 * A digest with the posts whole: masthead and topics as text, then a multipart/digest (RFC 2046 section 5.1.5), a footer.
 * Posts may have octets above 127, so everything around them says 8bit.
 */
final class MimeDigest implements DigestKind {

    @Override
    public void write(Digest digest, OutputStream out) throws IOException {
        String mixed = boundary();
        String posts = boundary();
        HeaderBlock header = digest.header();
        header.set("Content-Type", "multipart/mixed; boundary=\"" + mixed + "\"");
        header.set("Content-Transfer-Encoding", "8bit");
        header.writeTo(out);
        line(out, "--" + mixed);
        TextLines masthead = text(out, digest.texts().subject(digest.issue()));
        PlainDigest.preamble(digest, masthead);
        masthead.finish();
        line(out, "");
        line(out, "--" + mixed);
        TextLines topics = text(out, digest.texts().topics(digest.posts().size()));
        new Topics(digest).write(topics);
        topics.finish();
        line(out, "");
        line(out, "--" + mixed);
        HeaderBlock part = new HeaderBlock();
        part.set("Content-Type", "multipart/digest; boundary=\"" + posts + "\"");
        part.set("Content-Transfer-Encoding", "8bit");
        part.writeTo(out);
        for (CollectedPost post : digest.posts()) {
            line(out, "--" + posts);
            post(digest, post, out);
        }
        line(out, "--" + posts + "--");
        footer(digest, mixed, out);
        line(out, "--" + mixed + "--");
    }

    private static void post(Digest digest, CollectedPost post, OutputStream out) throws IOException {
        HeaderBlock part = new HeaderBlock();
        part.set("Content-Type", "message/rfc822");
        part.set("Content-Transfer-Encoding", "8bit");
        part.writeTo(out);
        try (InputStream octets = digest.open(post)) {
            octets.transferTo(out);
        }
        line(out, "");
    }

    private static void footer(Digest digest, String mixed, OutputStream out) throws IOException {
        String text = digest.texts().footer();
        if (text.isEmpty()) {
            return;
        }
        line(out, "--" + mixed);
        TextLines footer = text(out, digest.texts().footerSubject());
        footer.text(text);
        footer.finish();
        line(out, "");
    }

    private static TextLines text(OutputStream out, String description) throws IOException {
        HeaderBlock part = new HeaderBlock();
        part.set("Content-Type", "text/plain; charset=utf-8");
        part.set("Content-Transfer-Encoding", "quoted-printable");
        part.set("Content-Description", description);
        part.writeTo(out);
        return new TextLines(out);
    }

    private static String boundary() {
        return "=_" + UUID.randomUUID();
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
