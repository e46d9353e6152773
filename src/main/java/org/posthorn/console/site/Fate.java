package org.posthorn.console.site;

import java.time.Instant;
import org.posthorn.queue.PostingReport;

/** What came of one recipient at one attempt, as the page shows it. */
public final class Fate {

    private final PostingReport.Fate shown;

    Fate(PostingReport.Fate shown) {
        this.shown = shown;
    }

    public Instant getAt() {
        return shown.at();
    }

    public String getOutcome() {
        return shown.outcome();
    }

    /** Empty when none was asked. */
    public String getSmarthost() {
        return shown.smarthost() == null ? "" : shown.smarthost();
    }

    /** Code, status and words; empty without a reply. */
    public String getReply() {
        return shown.reply();
    }
}
