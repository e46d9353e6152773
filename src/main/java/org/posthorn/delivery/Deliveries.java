package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.runner.SendingStage;

/** What the two delivering queues share: each entry's turn is a {@link DeliveryTurn}. */
@ApplicationScoped
public class Deliveries {

    private final DeliveryRecords records;
    private final DeliveryLog log;
    private final ChunkCopies copies;
    private final SmarthostPool pool;
    private final Settings settings;
    private final Clock clock;

    protected Deliveries() {
        this(null, null, null, null, null, null);
    }

    @Inject
    public Deliveries(
            DeliveryRecords records,
            DeliveryLog log,
            ChunkCopies copies,
            SmarthostPool pool,
            Settings settings,
            Clock clock) {
        this.records = records;
        this.log = log;
        this.copies = copies;
        this.pool = pool;
        this.settings = settings;
        this.clock = clock;
    }

    void send(QueueEntry entry, SendingStage.Turn turn) {
        Envelope envelope = Envelope.of(entry);
        Chunk chunk = records.chunk(entry.chunkId());
        new DeliveryTurn(
                        entry,
                        envelope,
                        chunk,
                        records.settled(entry.chunkId()),
                        copies.of(entry.messageId(), envelope, chunk),
                        new DeliveryTurn.Tools(
                                log, pool, clock, settings.repeatBound(), time -> Thread.sleep(time.toMillis())),
                        turn)
                .run();
    }
}
