package org.posthorn.cli.tune;

import org.posthorn.delivery.smtp.trial.Figures;
import org.posthorn.delivery.smtp.trial.Trial;

/** Runs one trial, here or on a node. */
public interface Feeder {

    /** @throws org.posthorn.cli.CommandException when it cannot be run at all */
    Figures feed(Trial trial);
}
