package org.posthorn.delivery.smtp;

import java.util.List;

/**
 * An open connection to a smarthost. Transactions are begun, and their outcomes asked for in the same order; how many may be
 * under way at once depends on what the smarthost offers. Used by one thread at a time.
 */
public interface HostConnection extends AutoCloseable {

    /** @return how many transactions may be under way at once, 1 at the least */
    int window();

    /** @return how many have begun whose outcome was not asked for */
    int underWay();

    /**
     * Begins a mail transaction. What it writes may stay with us until {@link #next} is called.
     *
     * @throws HostDownException when the connection is of no use any more; then this one was not handed over, and of those
     *     under way {@link #next} tells as far as their replies came
     */
    void begin(Transaction transaction) throws HostDownException;

    /**
     * Waits for the outcome of the oldest transaction under way.
     *
     * @return each recipient's fate, in order
     * @throws HostDownException when the connection is of no use any more; whether the messages under way were taken is then
     *     unknown
     */
    List<Fate> next() throws HostDownException;

    /**
     * As {@link #next}, for who only wants to hear what came of what has left: a message that has not is not sent any more.
     *
     * @throws HostDownException also when the oldest one's message has not left; nothing more can begin then
     */
    default List<Fate> heard() throws HostDownException {
        return next();
    }

    /** @return whether it still answers, asked with a command where it lay idle; false while transactions are under way */
    boolean isAlive();

    /** Says QUIT without waiting for the answer. Never throws. */
    @Override
    void close();
}
