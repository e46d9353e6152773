package org.posthorn.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListsOnDatabase;
import org.posthorn.list.UnknownException;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.QueueOnDatabase;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class InjectionTest {

    private static final String MAIL = "From: Ann <ann@example.com>\nSubject: Grüße\nMessage-ID: <1@x>\n\nHello";

    private static long inject(TestDatabase database, QueueName queue, String listId, String text) {
        QueueOnDatabase queues = new QueueOnDatabase(database);
        try (ListsOnDatabase lists = new ListsOnDatabase(database)) {
            if (lists.inTransaction(() -> lists.lists.byListId("ant.example.com"))
                    .isEmpty()) {
                lists.aList("ant@example.com");
            }
            Injection injection = new Injection(
                    lists.lists,
                    queues.messages,
                    queues.postings,
                    queues.switchboard,
                    queues.trace,
                    queues.clock,
                    lists.audit,
                    20_000,
                    Set.of(QueueName.IN, QueueName.PIPELINE, QueueName.COMMAND, QueueName.OUT));
            return lists.inTransaction(() -> injection.inject(queue, listId, text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    @BothDatabases
    void messageShouldBeStoredAsItGoesOnTheWireWithItsTrace(TestDatabase database) {
        QueueOnDatabase queues = new QueueOnDatabase(database);
        QueueEntry entry = queues.find(inject(database, QueueName.IN, "ant.example.com", MAIL))
                .orElseThrow();
        assertThat(entry.queue()).isEqualTo(QueueName.IN);
        assertThat(entry.attributes())
                .containsEntry("kind", "post")
                .containsEntry("sender", "ann@example.com")
                .containsEntry("recipient", "ant@example.com");
        assertThat(new String(queues.messages.head(entry.messageId(), 1000), StandardCharsets.UTF_8))
                .isEqualTo(MAIL.replace("\n", "\r\n") + "\r\n");
        assertThat(queues.postings.find(entry.postingId()).orElseThrow().messageId())
                .isEqualTo("<1@x>");
        assertThat(queues.events(entry.postingId())).containsExactly("received: injected by system");
    }

    @BothDatabases
    void sameMessageShouldBeTakenTwice(TestDatabase database) {
        long first = inject(database, QueueName.IN, "ant.example.com", MAIL);
        assertThat(inject(database, QueueName.IN, "ant.example.com", MAIL)).isNotEqualTo(first);
    }

    @BothDatabases
    void commandShouldBeOneToTheListsRequestAddress(TestDatabase database) {
        QueueEntry entry = new QueueOnDatabase(database)
                .find(inject(database, QueueName.COMMAND, "ant.example.com", MAIL))
                .orElseThrow();
        assertThat(entry.attributes())
                .containsEntry("kind", "command")
                .containsEntry("command", "request")
                .containsEntry("recipient", "ant-request@example.com");
    }

    @BothDatabases
    void whatCannotBeInjectedShouldBeRefused(TestDatabase database) {
        assertThatThrownBy(() -> inject(database, QueueName.IN, "none.example.com", MAIL))
                .isInstanceOf(UnknownException.class);
        for (QueueName closed : Set.of(QueueName.OUT, QueueName.BOUNCE, QueueName.SHUNT)) {
            assertThatThrownBy(() -> inject(database, closed, "ant.example.com", MAIL))
                    .as(closed.label())
                    .isInstanceOf(InvalidValueException.class);
        }
        for (String text : Set.of("", "x".repeat(999), "y\n".repeat(10_001))) {
            assertThatThrownBy(() -> inject(database, QueueName.IN, "ant.example.com", text))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("text cannot be");
        }
    }
}
