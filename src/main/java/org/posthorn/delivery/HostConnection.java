package org.posthorn.delivery;

import java.util.List;
import org.posthorn.mail.ReversePath;

/** An open connection to a smarthost. Used by one thread at a time. */
interface HostConnection extends AutoCloseable {

    /**
     * One mail transaction.
     *
     * @return each recipient's fate, in order
     * @throws HostDownException when the connection is of no use any more; whether the message was taken is then unknown
     */
    List<Fate> send(ReversePath reversePath, List<String> recipients, MessageBody message) throws HostDownException;

    /** @return whether it still answers, asked with a command where it lay idle */
    boolean isAlive();

    /** Says QUIT without waiting for the answer. Never throws. */
    @Override
    void close();
}
