package org.posthorn.delivery;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;
import org.posthorn.platform.TimerTurn;

/** Looks every ten seconds whether something waits for hours that have come. Every node may: the statement is the same. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class WaitingTimer {

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    private WaitingWork waiting;

    @Schedule(second = "3/10", minute = "*", hour = "*", persistent = false)
    void look() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            TimerTurn.run("mail-that-waits", waiting::overlooked);
        } finally {
            busy.set(false);
        }
    }
}
