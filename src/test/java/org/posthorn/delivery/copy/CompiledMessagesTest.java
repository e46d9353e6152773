package org.posthorn.delivery.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.posthorn.delivery.copy.Octets.raw;

import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.posthorn.queue.MessageSource;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.TestDatabase;
import org.posthorn.testing.TestDatabases;

class CompiledMessagesTest {

    private static final int MEGABYTE = 1 << 20;

    private final TestDatabase database = TestDatabases.H2.fresh();
    private final QueueOnDatabase queue = new QueueOnDatabase(database);
    private final CompiledMessages messages = new CompiledMessages(queue.messages);

    @AfterEach
    void close() {
        database.close();
    }

    /** Lines of letters. */
    private static byte[] octets(int size) {
        Random random = new Random(size);
        byte[] octets = new byte[size];
        for (int i = 0; i < size; i++) {
            octets[i] = (byte) ('a' + random.nextInt(26));
        }
        for (int i = 76; i < size; i += 78) {
            octets[i] = '\r';
            octets[i + 1 == size ? i : i + 1] = '\n';
        }
        octets[size - 2] = '\r';
        octets[size - 1] = '\n';
        return octets;
    }

    private long stored(byte[] octets) {
        return queue.messages.store(MessageSource.of(octets));
    }

    @Test
    void aSmallMessageIsReadOnceAndWrittenAsOftenAsNeeded() {
        byte[] octets = octets(MEGABYTE);
        long message = stored(octets);
        Copies copies = messages.of(message);
        queue.sql.update("delete from message");
        assertThat(raw(copies.shared())).isEqualTo(octets);
        assertThat(raw(messages.of(message).shared())).isEqualTo(octets);
    }

    @Test
    void aLargeMessageIsReadFromTheStoreForEachTransaction() {
        byte[] octets = octets(MEGABYTE + 1);
        long message = stored(octets);
        Copies copies = messages.of(message);
        assertThat(raw(copies.shared())).isEqualTo(octets);
        assertThat(raw(copies.shared())).isEqualTo(octets);
        queue.sql.update("delete from message_part");
        assertThatThrownBy(() -> raw(messages.of(message).shared())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLongestUnusedMessagesMakePlaceForOthers() {
        long first = stored(octets(MEGABYTE));
        messages.of(first);
        for (int i = 0; i < 24; i++) {
            messages.of(stored(octets(MEGABYTE)));
        }
        queue.sql.update("delete from message");
        assertThatThrownBy(() -> messages.of(first)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMessageThatIsMissingIsNotSentEmpty() {
        assertThatThrownBy(() -> messages.of(4711))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("4711");
    }
}
