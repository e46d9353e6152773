package org.posthorn.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class MessageBodiesTest {

    private static final int MEGABYTE = 1 << 20;

    private final TestDatabase database = TestDatabases.H2.fresh();
    private final QueueOnDatabase queue = new QueueOnDatabase(database);
    private final MessageBodies bodies = new MessageBodies(queue.messages);

    @AfterEach
    void close() {
        database.close();
    }

    private static byte[] octets(int size) {
        byte[] octets = new byte[size];
        Arrays.fill(octets, (byte) 'x');
        for (int end = size; end > 1; end -= 1000) {
            octets[end - 2] = '\r';
            octets[end - 1] = '\n';
        }
        return octets;
    }

    private long stored(byte[] octets) {
        return queue.messages.store(MessageSource.of(octets));
    }

    private static byte[] written(MessageCopy body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.writeTo(out::write, false);
        return out.toByteArray();
    }

    @Test
    void aSmallMessageIsReadOnceAndWrittenAsOftenAsNeeded() throws Exception {
        byte[] octets = octets(MEGABYTE);
        long message = stored(octets);
        MessageCopy body = bodies.of(message);
        queue.sql.update("delete from message");
        assertThat(written(body)).isEqualTo(octets);
        assertThat(written(bodies.of(message))).isEqualTo(octets);
    }

    @Test
    void aLargeMessageIsReadFromTheStoreForEachTransaction() throws Exception {
        byte[] octets = octets(MEGABYTE + 1);
        MessageCopy body = bodies.of(stored(octets));
        assertThat(written(body)).isEqualTo(octets);
        assertThat(written(body)).isEqualTo(octets);
        queue.sql.update("delete from message_part");
        assertThatThrownBy(() -> written(body)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLongestUnusedMessagesMakePlaceForOthers() {
        long first = stored(octets(MEGABYTE));
        bodies.of(first);
        for (int i = 0; i < 24; i++) {
            bodies.of(stored(octets(MEGABYTE)));
        }
        queue.sql.update("delete from message");
        assertThatThrownBy(() -> bodies.of(first)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMessageThatIsMissingIsNotSentEmpty() {
        assertThatThrownBy(() -> bodies.of(4711))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("4711");
    }
}
