package org.posthorn.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.reading.Attachment;
import org.posthorn.mail.reading.TextWalk;
import org.posthorn.platform.DatabaseException;
import org.posthorn.platform.Text;

/**
 * A digest as one plain text (RFC 1153): masthead and topics, seventy hyphens, the posts' texts divided by thirty, a footer
 * and a line that says that it ends. Programs can take it apart again. What is no text is named in its place.
 */
final class PlainDigest implements DigestKind {

    private static final Logger LOG = System.getLogger(PlainDigest.class.getName());

    /** RFC 1153: these alone, in this order. */
    private static final List<String> FIELDS =
            List.of("Date", "From", "To", "Cc", "Subject", "Message-ID", "Keywords", "Summary");

    private static final int LONGEST_FIELD = 2000;

    @Override
    public void write(Digest digest, OutputStream out) throws IOException {
        HeaderBlock header = digest.header();
        header.set("Content-Type", "text/plain; charset=utf-8");
        header.set("Content-Transfer-Encoding", "quoted-printable");
        header.writeTo(out);
        TextLines lines = new TextLines(out);
        preamble(digest, lines);
        lines.line("");
        new Topics(digest).write(lines);
        lines.line("");
        lines.line(TextLines.PREAMBLE_DIVIDER);
        for (CollectedPost post : digest.posts()) {
            lines.line("");
            post(digest, post, lines);
            lines.line("");
            lines.line(TextLines.DIVIDER);
        }
        end(digest, lines);
        lines.finish();
    }

    static void preamble(Digest digest, TextLines lines) throws IOException {
        lines.text(digest.texts().masthead());
        String above = digest.texts().header();
        if (!above.isEmpty()) {
            lines.line("");
            lines.text(above);
        }
        lines.endLine();
    }

    private static void end(Digest digest, TextLines lines) throws IOException {
        String footer = digest.texts().footer();
        if (!footer.isEmpty()) {
            lines.line("");
            lines.line("Subject: " + digest.texts().footerSubject());
            lines.line("");
            lines.text(footer);
            lines.endLine();
            lines.line("");
            lines.line(TextLines.DIVIDER);
        }
        String end = digest.texts().end(digest.issue());
        lines.line("");
        lines.line(end);
        lines.line("*".repeat(end.length()));
    }

    /** A post that nothing can be made of costs the others nothing: their readers are told that it is not there. */
    private static void post(Digest digest, CollectedPost post, TextLines lines) throws IOException {
        try (InputStream octets = digest.open(post)) {
            MailMessage message = MailMessage.open(octets);
            fields(message.header(), lines);
            lines.line("");
            Copy copy = new Copy(digest.texts(), lines);
            TextWalk.of(message.header(), message.body(), copy);
            lines.endLine();
            if (copy.cut) {
                unshown(digest, post, lines);
            }
        } catch (DatabaseException | UncheckedIOException e) {
            throw e; // Another try may do.
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a post's text cannot be shown in a digest: posting=" + post.postingId(), e);
            unshown(digest, post, lines);
        }
    }

    private static void unshown(Digest digest, CollectedPost post, TextLines lines) throws IOException {
        digest.unshown().accept(post);
        lines.line("");
        lines.line(digest.texts().unshown());
    }

    private static void fields(HeaderBlock header, TextLines lines) throws IOException {
        for (String name : FIELDS) {
            for (String value : header.all(name)) {
                String text = Text.line(value, LONGEST_FIELD).strip();
                if (!text.isEmpty()) {
                    lines.line(name + ": " + text);
                }
            }
        }
    }

    /** Each text after an empty line; of a post no more than a digest may have, so that a smarthost takes it. */
    private static final class Copy implements TextWalk.Reader {

        private final DigestTexts texts;
        private final TextLines lines;
        private boolean begun;
        private long roomOctets = OpenDigest.MOST_BYTES;
        private boolean cut;

        Copy(DigestTexts texts, TextLines lines) {
            this.texts = texts;
            this.lines = lines;
        }

        @Override
        public void begin() throws IOException {
            if (begun) {
                lines.line("");
            }
            begun = true;
        }

        @Override
        public void text(String piece) throws IOException {
            int end = fitting(piece);
            cut |= end < piece.length();
            lines.text(piece.substring(0, end));
        }

        /** @return how many of its chars there is room for; never half a surrogate pair */
        private int fitting(String piece) {
            int end = 0;
            while (end < piece.length()) {
                int character = piece.codePointAt(end);
                int octets = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
                if (octets > roomOctets) {
                    roomOctets = 0;
                    break;
                }
                roomOctets -= octets;
                end += Character.charCount(character);
            }
            return end;
        }

        @Override
        public void left(Attachment part) throws IOException {
            lines.line("");
            lines.text(texts.left(part).strip());
            lines.endLine();
            begun = true;
        }

        @Override
        public void message(HeaderBlock header) throws IOException {
            lines.line("");
            fields(header, lines);
            lines.line("");
            begun = false;
        }
    }
}
