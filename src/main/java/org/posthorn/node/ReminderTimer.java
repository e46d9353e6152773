package org.posthorn.node;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.posthorn.moderation.RemindModerators;
import org.posthorn.platform.TimerTurn;
import org.posthorn.queue.lease.SiteLease;

/**
 * Looks every five minutes, once per site, whether moderators are to be reminded of what waits for them. The turn only shares
 * the work out; that no list gets it twice a day is held by the list's row.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ReminderTimer {

    private static final Duration PERIOD = Duration.ofMinutes(4);

    @EJB
    private NodeLife life;

    @Inject
    private SiteLease siteLease;

    @Inject
    private RemindModerators reminding;

    @Schedule(second = "30", minute = "*/5", hour = "*", persistent = false)
    void timer() {
        TimerTurn.run(
                "moderator-reminders",
                () -> life.incarnation()
                        .flatMap(me -> siteLease.begin(me, "moderator-reminders", PERIOD))
                        .ifPresent(this::remind));
    }

    private void remind(SiteLease.Turn turn) {
        try {
            reminding.sendDue();
        } finally {
            siteLease.end(turn);
        }
    }
}
