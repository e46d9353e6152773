package org.posthorn.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.posthorn.queue.QueueName.IN;
import static org.posthorn.queue.QueueName.OUT;
import static org.posthorn.queue.QueueName.SHUNT;

import java.util.List;
import org.posthorn.queue.QueueFiles.Removal;
import org.posthorn.testing.BothDatabases;
import org.posthorn.testing.TestDatabase;

class QueueFilesTest {

    private static QueueFiles files(QueueOnDatabase queue) {
        Shunt shunt = new Shunt(queue.entries, queue.signals, queue.trace, queue.clock, queue.database.audit());
        return new QueueFiles(queue.sql, queue.entries, shunt, queue.trace, queue.database.audit());
    }

    @BothDatabases
    void entriesShouldBeCountedAndTheFirstNamed(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        List<Long> ids = List.of(
                queue.enqueued(IN).id(),
                queue.enqueued(IN).id(),
                queue.enqueued(IN).id());
        queue.enqueued(OUT);
        assertThat(files(queue).count(IN)).isEqualTo(3);
        assertThat(files(queue).first(IN, 2)).containsExactlyElementsOf(ids.subList(0, 2));
        assertThat(files(queue).find(IN, ids.get(0))).isPresent();
        assertThat(files(queue).find(OUT, ids.get(0))).as("in another queue").isEmpty();
    }

    @BothDatabases
    void removedEntryShouldEndItsPostAsDiscarded(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long posting = queue.aPosting();
        QueueEntry entry = queue.enqueued(queue.entryOf(IN, posting));
        assertThat(files(queue).remove(IN, entry.id())).isEqualTo(Removal.DONE);
        assertThat(queue.find(entry.id())).isEmpty();
        assertThat(queue.events(posting)).containsExactly("discarded: removed from its queue by system");
        assertThat(queue.postings.find(posting).orElseThrow().outcome()).isEqualTo(Posting.Outcome.DISCARDED);
        assertThat(files(queue).remove(IN, entry.id())).isEqualTo(Removal.GONE);
    }

    @BothDatabases
    void entryThatIsWorkedOnOrHasGoneOutInPartShouldStay(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        long posting = queue.aPosting();
        QueueEntry begun = queue.enqueued(queue.entryOf(IN, posting));
        queue.entries.begin(List.of(begun), false);
        QueueEntry delivery = queue.enqueued(queue.entryOf(OUT, posting).chunk(queue.aChunk(posting, 2), 0));
        assertThat(files(queue).remove(IN, begun.id())).isEqualTo(Removal.UNDER_WAY);
        assertThat(files(queue).remove(OUT, delivery.id())).isEqualTo(Removal.UNDER_WAY);
        assertThat(queue.find(begun.id())).isPresent();
        assertThat(queue.find(delivery.id())).isPresent();
        assertThat(queue.events(posting)).isEmpty();
    }

    @BothDatabases
    void parkedEntryShouldBeRemovedAsFromTheShunt(TestDatabase database) {
        QueueOnDatabase queue = new QueueOnDatabase(database);
        QueueEntry entry = queue.enqueued(queue.entryOf(IN, queue.aPosting()));
        queue.entries.shunt(entry, SHUNT, "it broke");
        assertThat(files(queue).remove(SHUNT, entry.id())).isEqualTo(Removal.DONE);
        assertThat(queue.find(entry.id())).isEmpty();
    }
}
