package org.posthorn.delivery.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.delivery.copy.Octets.octets;
import static org.posthorn.delivery.copy.Octets.raw;
import static org.posthorn.delivery.copy.Octets.stuffed;
import static org.posthorn.delivery.copy.Octets.text;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.Addressee;
import org.posthorn.mail.CopyPlan;
import org.posthorn.mail.Decoration;
import org.posthorn.mail.Footer;
import org.posthorn.mail.MailMessage;
import org.posthorn.mail.PersonalValue;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

/** From the store or from memory: a recipient sees no difference. */
class StreamedMessageTest {

    private static final Footer FOOTER = new Footer(
            "Dear " + PersonalValue.NAME_OR_ADDRESS.mark() + "\n",
            "." + PersonalValue.NAME.mark() + "\n" + PersonalValue.EMAIL.mark() + "\n");

    private static final List<Addressee> ADDRESSEES = List.of(
            new Addressee("ann@example.com", "Ann", "en"),
            new Addressee("joerg@example.com", ".J\u00f6rg", "de"),
            new Addressee("zo\u00eb@example.com", "", "fr"),
            new Addressee("not an address", "N", ""));

    private record Cooked(byte[] octets, CopyPlan plan) {

        static Cooked of(String message) throws IOException {
            MailMessage mail = MailMessage.open(new ByteArrayInputStream(Octets.octets(message)));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CopyPlan plan = Decoration.apply(mail.header(), mail.body(), FOOTER, true, out)
                    .plan();
            return new Cooked(out.toByteArray(), plan);
        }
    }

    private static void assertSame(MessageCopy streamed, MessageCopy compiled) {
        assertThat(raw(streamed)).isEqualTo(raw(compiled));
        assertThat(stuffed(streamed)).isEqualTo(stuffed(compiled));
        assertThat(streamed.sizeBytes()).isEqualTo(compiled.sizeBytes());
        assertThat(streamed.isEightBit()).isEqualTo(compiled.isEightBit());
    }

    private static void assertSame(Copies streamed, Copies compiled) {
        assertSame(streamed.shared(), compiled.shared());
        ADDRESSEES.forEach(addressee -> assertSame(streamed.of(addressee), compiled.of(addressee)));
        assertThat(streamed.isPersonal()).isEqualTo(compiled.isPersonal());
        assertThat(streamed.needsMore()).isEqualTo(compiled.needsMore());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: s\r\n\r\ntext\r\n.\r\n",
                "Subject: s\r\nTo: list@example.org\r\n\r\nno end",
                "To: J\u00f6rg <list@example.org>\r\n\r\ntext\r\n",
                "To: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\ndGV4dA==\r\n",
                "To: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\u00c3\u00bc\r\n",
                "To: a@example.org\r\nContent-Type: text/html\r\n\r\n<p>\r\n",
                "To: a@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n",
                "To: a@example.org\r\nContent-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--"
            })
    void aCopyIsTheSameFromTheStoreAndFromMemory(String message) throws Exception {
        Cooked cooked = Cooked.of(message);
        assertThat(cooked.plan().isEmpty()).isFalse();
        assertSame(
                new StreamedMessage(() -> new ByteArrayInputStream(cooked.octets()), cooked.plan()),
                new CompiledMessage(cooked.octets(), cooked.plan()));
    }

    @BothDatabases
    void aLargeMessageIsPersonalToo(TestDatabase database) throws Exception {
        String line = "A line of text that goes on until it is about as long as lines are.\r\n";
        String plain = "Subject: s\r\nTo: list@example.org\r\n\r\n" + line.repeat(20_000);
        String base64 =
                "To: list@example.org\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                        + Base64.getMimeEncoder().encodeToString(octets(line.repeat(15_001)))
                        + "\r\n";
        QueueOnDatabase queue = new QueueOnDatabase(database);
        for (String message : List.of(plain, base64)) {
            Cooked cooked = Cooked.of(message);
            long id = queue.messages.store(
                    MessageSource.of(cooked.octets()), cooked.plan().text());
            Copies copies = new CompiledMessages(queue.messages).of(id);
            assertThat(copies).isInstanceOf(StreamedMessage.class);
            assertSame(copies, new CompiledMessage(cooked.octets(), cooked.plan()));
            assertThat(text(raw(copies.of(ADDRESSEES.get(0)))).substring(0, 200))
                    .contains("To: Ann <ann@example.com>\r\n");
        }
    }

    @Test
    void aPlanOfAnotherMessageIsNotGoneBy() throws Exception {
        Cooked cooked = Cooked.of("Subject: s\r\nTo: list@example.org\r\n\r\ntext\r\n");
        for (String other :
                List.of("To: list@example.org\r\n\r\n", "x".repeat(10) + ": " + "y".repeat(1000) + "\r\n\r\n")) {
            assertThatThrownBy(() -> new CompiledMessage(octets(other), cooked.plan()))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> new StreamedMessage(() -> new ByteArrayInputStream(octets(other)), cooked.plan()))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** What is held of it does not grow with it. */
    @Test
    void aMessageIsReadInPiecesOnly() throws Exception {
        int[] longest = {0};
        StreamedMessage message = new StreamedMessage(() -> endless(longest, 40L << 20), CopyPlan.NONE);
        long[] written = {0};
        message.shared().writeTo((octets, from, length) -> written[0] += length, true);
        assertThat(written[0]).isEqualTo(message.shared().sizeBytes()).isGreaterThan(40L << 20);
        assertThat(longest[0]).isBetween(1, 64 * 1024);
    }

    private static InputStream endless(int[] longest, long octets) {
        return new InputStream() {

            private long left = octets;

            @Override
            public int read() {
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                longest[0] = Math.max(longest[0], length);
                if (left <= 0) {
                    return -1;
                }
                int count = (int) Math.min(length, left);
                java.util.Arrays.fill(target, offset, offset + count, (byte) 'x');
                left -= count;
                return count;
            }
        };
    }
}
