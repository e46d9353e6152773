package org.posthorn.delivery;

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
import org.posthorn.platform.DatabaseException;

/** Looks every ten seconds whether something waits for hours that have come. Every node may: the statement is the same. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class WaitingTimer {

    private static final Logger LOG = System.getLogger(WaitingTimer.class.getName());

    private final AtomicBoolean busy = new AtomicBoolean();

    @Inject
    private WaitingWork waiting;

    @Schedule(second = "3/10", minute = "*", hour = "*", persistent = false)
    void look() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            waiting.overlooked();
        } catch (DatabaseException e) {
            LOG.log(Level.DEBUG, "the database is away: {0}", e.toString());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "mail that waits for hours was not looked after, and will be in ten seconds", e);
        } finally {
            busy.set(false);
        }
    }
}
