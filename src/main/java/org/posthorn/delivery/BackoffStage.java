package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.SendingStage;

/**
 * Consumes {@code backoff}: chunks some of whose recipients have to wait, once their time has come. Does what
 * {@link OutStage} does, at a lower priority, with growing delays, until five days after the message came in; then
 * whom a smarthost puts off once more counts as failed.
 */
@ApplicationScoped
public class BackoffStage implements SendingStage {

    @Inject
    private Deliveries deliveries;

    @Override
    public QueueName queue() {
        return QueueName.BACKOFF;
    }

    @Override
    public void send(QueueEntry entry, Turn turn) {
        deliveries.send(entry, turn);
    }
}
