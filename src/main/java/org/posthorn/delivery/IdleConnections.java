package org.posthorn.delivery;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;

/** Closes connections to smarthosts that nobody has used for a while, and notes those that owe us an answer. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class IdleConnections {

    @Inject
    private SmarthostPool pool;

    @Schedule(second = "*/10", minute = "*", hour = "*", persistent = false)
    void timer() {
        pool.closeIdle(false);
        pool.noteSilent(System.nanoTime());
    }

    @PreDestroy
    void end() {
        pool.closeIdle(true);
    }
}
