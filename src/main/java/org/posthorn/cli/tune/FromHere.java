package org.posthorn.cli.tune;

import java.time.Clock;
import org.posthorn.cli.CommandException;
import org.posthorn.cli.Exit;
import org.posthorn.delivery.smtp.Endpoint;
import org.posthorn.delivery.smtp.PipeliningConnection;
import org.posthorn.delivery.smtp.trial.Figures;
import org.posthorn.delivery.smtp.trial.Trial;
import org.posthorn.delivery.smtp.trial.TrialRun;

/** Feeds a smarthost from this process. */
public record FromHere(Endpoint endpoint, Clock clock) implements Feeder {

    @Override
    public Figures feed(Trial trial) {
        try {
            return new TrialRun(trial, () -> PipeliningConnection.open(endpoint), clock).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(Exit.FAILED, "interrupted");
        }
    }
}
