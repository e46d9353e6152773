package org.posthorn.queue.runner;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Once a second, finds due entries that no signal told of: those whose time has come, and other nodes'. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SafetyNet {

    private static final Logger LOG = System.getLogger(SafetyNet.class.getName());

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    private Dispatcher dispatcher;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void sweep() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            dispatcher.sweep();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "the database is away: {0}", e.toString());
        } finally {
            busy.set(false);
        }
    }
}
