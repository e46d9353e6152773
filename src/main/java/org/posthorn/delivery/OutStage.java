package org.posthorn.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.posthorn.queue.QueueEntry;
import org.posthorn.queue.QueueName;
import org.posthorn.queue.runner.SendingStage;

/**
 * Consumes {@code out}: cooked messages, each with one chunk of its recipients. Hands them to the smarthosts and records
 * each recipient's fate; what no smarthost takes now goes to {@code backoff}. Never looks up an MX, never sends what is
 * recorded as sent. A failure here is the smarthost's or the recipient's, and is recorded as such; one of our own makes the
 * entry be tried again, and shunted in the end, with what was delivered still known.
 */
@ApplicationScoped
public class OutStage implements SendingStage {

    @Inject
    private Deliveries deliveries;

    @Override
    public QueueName queue() {
        return QueueName.OUT;
    }

    @Override
    public void send(QueueEntry entry, Turn turn) {
        deliveries.send(entry, turn);
    }
}
