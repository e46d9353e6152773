/**
 * The engine: one Jakarta Batch job execution is one queue runner over one leased slice of a queue's hash space.
 *
 * <p>{@link org.posthorn.queue.runner.Dispatcher} hears of leases won and lost and of new entries, and sees to it that a
 * slice with work has a running {@link org.posthorn.queue.runner.SliceRunner}, within a millisecond where one lingers. A
 * runner takes a group of due entries, has the queue's {@link org.posthorn.queue.runner.Stage} work on each, and stores
 * the outcomes in one transaction that ends with the fence: {@link org.posthorn.queue.runner.GroupWork}. What sends mail
 * is a {@link org.posthorn.queue.runner.SendingStage} and works outside of transactions.
 *
 * <p>May use {@code queue}, {@code mail} and {@code platform}; the only package beside {@code delivery} that may use
 * {@code jakarta.batch}.
 */
package org.posthorn.queue.runner;
