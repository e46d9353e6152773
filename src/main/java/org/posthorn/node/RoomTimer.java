package org.posthorn.node;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.posthorn.ingress.room.DiskWatch;
import org.posthorn.ingress.room.QueueWatch;
import org.posthorn.platform.TimerTurn;

/** Measures the room for more mail: two timers, since a slow database must not keep anybody from looking at the disk. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class RoomTimer {

    @EJB
    private NodeLife life;

    @Inject
    private DiskWatch disks;

    @Inject
    private QueueWatch queues;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void disks() {
        if (life.isListening()) {
            TimerTurn.run("room-disks", disks::look);
        }
    }

    @Schedule(second = "*/2", minute = "*", hour = "*", persistent = false)
    void queues() {
        if (life.incarnation().isPresent()) {
            TimerTurn.run("room-queues", queues::look);
        }
    }
}
