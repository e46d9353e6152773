package org.posthorn.template;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import org.posthorn.platform.TimerTurn;
import org.posthorn.platform.health.Readiness;

/** Looks every ten minutes for templates whose day is over, or which failed; fetching them is the fetcher's. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class TemplateTimer {

    @Inject
    private TemplateFetcher fetcher;

    @Inject
    private Readiness readiness;

    @Schedule(minute = "4/10", hour = "*", persistent = false)
    void timer() {
        if (readiness.isReady()) {
            TimerTurn.run("templates", fetcher::wake);
        }
    }
}
