package org.posthorn.delivery;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.posthorn.platform.TimerTurn;
import org.posthorn.platform.health.Component;
import org.posthorn.platform.health.Readiness;

/** Closes connections to smarthosts that nobody has used for a while, and notes those that owe us an answer. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class IdleConnections {

    @Inject
    private SmarthostPool pool;

    @Inject
    private Readiness readiness;

    @Schedule(second = "*/10", minute = "*", hour = "*", persistent = false)
    void timer() {
        TimerTurn.run("idle-connections", this::look);
    }

    private void look() {
        pool.noteSilent(System.nanoTime());
        // Before the first start there is no table of smarthosts, and without a database nobody to ask.
        if (readiness.isUp(Component.DATABASE)) {
            pool.closeIdle(false);
        }
    }

    @PreDestroy
    void end() {
        pool.closeIdle(true);
    }
}
