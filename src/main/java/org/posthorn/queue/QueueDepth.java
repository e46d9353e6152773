package org.posthorn.queue;

/**
 * How much lies in a queue.
 *
 * @param entries all of them
 * @param due those that could be worked on now
 * @param oldestSeconds since the oldest of them came in; 0 when there is none
 */
public record QueueDepth(QueueName queue, long entries, long due, long oldestSeconds) {}
