package org.posthorn.template;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.posthorn.mail.HeaderBlock;
import org.posthorn.mail.NamedAddress;
import org.posthorn.platform.Text;

/** Puts a notice into octets: RFC 5322, UTF-8 text in quoted-printable, another mail or its header attached. */
final class ComposeNotice {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final int LONGEST_SUBJECT = 300;

    private ComposeNotice() {}

    static byte[] octets(Notice notice, String messageId, Instant at) {
        HeaderBlock header = new HeaderBlock();
        header.setAddresses("From", List.of(notice.from()));
        header.setAddresses("To", List.of(new NamedAddress("", notice.to())));
        notice.replyTo().ifPresent(there -> header.setAddresses("Reply-To", List.of(new NamedAddress("", there))));
        header.set("Subject", Text.line(notice.subject(), LONGEST_SUBJECT));
        header.set("Date", DATE.format(at));
        header.set("Message-ID", messageId);
        header.set("Auto-Submitted", notice.occasion().keyword());
        header.set("Precedence", "bulk");
        header.set("MIME-Version", "1.0");
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        if (notice.attached().isPresent()) {
            mixed(mail, header, notice.text(), notice.attached().get());
        } else {
            text(mail, header, notice.text());
        }
        return mail.toByteArray();
    }

    /** What comes before and after a mail that is sent on whole. */
    record Wrapping(byte[] before, byte[] after) {}

    static Wrapping around(Forward forward, String messageId, Instant at) {
        HeaderBlock header = new HeaderBlock();
        header.setAddresses("From", List.of(forward.from()));
        header.setAddresses(
                "To", forward.to().stream().map(to -> new NamedAddress("", to)).toList());
        header.set("Subject", Text.line(forward.subject(), LONGEST_SUBJECT));
        header.set("Date", DATE.format(at));
        header.set("Message-ID", messageId);
        header.set("Auto-Submitted", Notice.Occasion.EVENT.keyword());
        header.set("Precedence", "bulk");
        header.set("MIME-Version", "1.0");
        String boundary = "=_" + UUID.randomUUID();
        header.set("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        write(before, header);
        line(before, "--" + boundary);
        text(before, new HeaderBlock(), forward.text());
        line(before, "");
        line(before, "--" + boundary);
        HeaderBlock part = new HeaderBlock();
        part.set("Content-Type", "message/rfc822");
        part.set("Content-Transfer-Encoding", "8bit");
        write(before, part);
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        line(after, "");
        line(after, "--" + boundary + "--");
        return new Wrapping(before.toByteArray(), after.toByteArray());
    }

    private static void mixed(ByteArrayOutputStream mail, HeaderBlock header, String text, Attached attached) {
        String boundary = "=_" + UUID.randomUUID();
        header.set("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
        boolean message = attached.type().equals(Attached.MESSAGE);
        boolean eightBit = message && hasEightBits(attached.octets());
        if (eightBit) {
            header.set("Content-Transfer-Encoding", "8bit");
        }
        write(mail, header);
        line(mail, "--" + boundary);
        text(mail, new HeaderBlock(), text);
        line(mail, "");
        line(mail, "--" + boundary);
        HeaderBlock part = new HeaderBlock();
        part.set("Content-Type", attached.type());
        // RFC 2046 section 5.2.1: a message is never encoded as a whole.
        part.set("Content-Transfer-Encoding", message ? eightBit ? "8bit" : "7bit" : "quoted-printable");
        write(mail, part);
        if (message) {
            mail.writeBytes(attached.octets());
        } else {
            QuotedPrintable.write(attached.octets(), mail);
        }
        line(mail, "");
        line(mail, "--" + boundary + "--");
    }

    private static boolean hasEightBits(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    private static void text(ByteArrayOutputStream mail, HeaderBlock header, String text) {
        header.set("Content-Type", "text/plain; charset=utf-8");
        header.set("Content-Transfer-Encoding", "quoted-printable");
        write(mail, header);
        QuotedPrintable.write(text.getBytes(StandardCharsets.UTF_8), mail);
    }

    private static void write(ByteArrayOutputStream mail, HeaderBlock header) {
        try {
            header.writeTo(mail);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void line(ByteArrayOutputStream mail, String text) {
        mail.writeBytes((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
