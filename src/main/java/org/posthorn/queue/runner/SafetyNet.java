package org.posthorn.queue.runner;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.posthorn.platform.TimerTurn;

/** Once a second, finds due entries that no signal told of: those whose time has come, and other nodes'. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SafetyNet {

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    private Dispatcher dispatcher;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void sweep() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            TimerTurn.run("safety-net", dispatcher::sweep);
        } finally {
            busy.set(false);
        }
    }
}
