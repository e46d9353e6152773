package org.posthorn.queue;

import org.posthorn.platform.Text;

/**
 * Which parked entries are asked for.
 *
 * @param queue {@link QueueName#SHUNT} or {@link QueueName#BAD}
 * @param list a list-id; empty: any
 * @param error a part of the error, in any case; empty: any
 */
public record ParkedFilter(QueueName queue, String list, String error) {

    public ParkedFilter {
        if (queue != QueueName.SHUNT && queue != QueueName.BAD) {
            throw new IllegalArgumentException("nobody parks in " + queue.label());
        }
        list = Text.line(list, 400).strip();
        error = Text.line(error, 200).strip();
    }
}
