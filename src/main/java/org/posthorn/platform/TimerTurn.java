package org.posthorn.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * One turn of an EJB timer. Whatever it throws stays here: the container removes a timer for good whose method failed twice
 * running, without a word that anybody would notice, and its work would stand still until the node is restarted.
 */
public final class TimerTurn {

    private static final Logger LOG = System.getLogger(TimerTurn.class.getName());

    private TimerTurn() {}

    /** @param name for the log: what is left to the next turn */
    public static void run(String name, Runnable turn) {
        try {
            turn.run();
        } catch (DatabaseException e) {
            // The nodes' own threads say loudly enough that the database is away.
            LOG.log(Level.DEBUG, "TimerTurnFailed timer={0}: {1}", name, e.toString());
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "TimerTurnFailed timer=" + name, e);
        }
    }
}
