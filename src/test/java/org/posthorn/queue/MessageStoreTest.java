package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class MessageStoreTest {

    private static final int PART = MessageStore.PART_BYTES;

    private static byte[] octets(int size) {
        byte[] octets = new byte[size];
        new Random(size).nextBytes(octets);
        return octets;
    }

    @BothDatabases
    void aMessageOfManyPartsComesBackOctetByOctet(TestDatabase database) throws Exception {
        MessageStore messages = new QueueOnDatabase(database).messages;
        byte[] octets = octets(2 * PART + 17);
        long id = messages.store(MessageSource.of(octets));
        try (InputStream in = messages.open(id)) {
            assertThat(in.readAllBytes()).isEqualTo(octets);
        }
        assertThat(messages.sizeBytes(id)).contains((long) octets.length);
        assertThat(messages.sha256(id))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(octets));
    }

    @BothDatabases
    void noPartIsLargerThanItsBound(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long id = queue.messages.store(MessageSource.of(octets(2 * PART)));
        assertThat(queue.sql.list(
                        "select part_no, octet_length(octets) from message_part where message_id = ? order by part_no",
                        row -> row.getInt(1) + ": " + row.getInt(2),
                        id))
                .containsExactly("0: " + PART, "1: " + PART);
    }

    @Test
    void theHeadEndsWhereItIsToldToEvenBeyondTheFirstPart() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            MessageStore messages = new QueueOnDatabase(database).messages;
            byte[] octets = octets(PART + 100);
            long id = messages.store(MessageSource.of(octets));
            assertThat(messages.head(id, PART + 1)).isEqualTo(java.util.Arrays.copyOf(octets, PART + 1));
            assertThat(messages.head(id, 10 * PART)).isEqualTo(octets);
        }
    }

    @Test
    void singleOctetsAreReadAsUnsignedUpToTheEnd() throws IOException {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            MessageStore messages = new QueueOnDatabase(database).messages;
            InputStream in = messages.open(messages.store(MessageSource.of(new byte[] {(byte) 0xff, 0})));
            assertThat(new int[] {in.read(), in.read(), in.read(), in.read()}).containsExactly(0xff, 0, -1, -1);
        }
    }

    @Test
    void aMessageWhosePartIsMissingIsNoWholeMessage() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            QueueOnDatabase queue = new QueueOnDatabase(database);
            for (int missing = 0; missing < 3; missing++) {
                long id = queue.messages.store(MessageSource.of(octets(2 * PART + 17)));
                queue.sql.update("delete from message_part where message_id = ? and part_no = ?", id, missing);
                assertThatThrownBy(() -> queue.messages.open(id).readAllBytes())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("message " + id);
            }
        }
    }

    @Test
    void anUnknownMessageHasNoSizeAndNoDigest() {
        try (TestDatabase database = TestDatabases.H2.fresh()) {
            MessageStore messages = new QueueOnDatabase(database).messages;
            assertThat(messages.sizeBytes(4711)).isEmpty();
            assertThatThrownBy(() -> messages.sha256(4711))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("4711");
        }
    }
}
