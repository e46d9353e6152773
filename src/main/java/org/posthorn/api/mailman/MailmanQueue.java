package org.posthorn.api.mailman;

import java.util.Arrays;
import java.util.Optional;
import org.posthorn.queue.QueueName;

/** Mailman's names for the queues, where they differ from ours. */
final class MailmanQueue {

    private MailmanQueue() {}

    static String nameOf(QueueName queue) {
        return switch (queue) {
            case BACKOFF -> "retry";
            case BOUNCE -> "bounces";
            case NEWS -> "nntp";
            case IN, PIPELINE, OUT, VIRGIN, COMMAND, ARCHIVE, DIGEST, SHUNT, BAD -> queue.label();
        };
    }

    static Optional<QueueName> named(String name) {
        return Arrays.stream(QueueName.values())
                .filter(queue -> nameOf(queue).equals(name))
                .findFirst();
    }
}
