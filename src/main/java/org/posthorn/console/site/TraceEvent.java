package org.posthorn.console.site;

import java.time.Instant;
import org.posthorn.queue.PostingReport;

/** A step of a message's way, as the page shows it. */
public final class TraceEvent {

    private final PostingReport.Event shown;

    TraceEvent(PostingReport.Event shown) {
        this.shown = shown;
    }

    public Instant getAt() {
        return shown.at();
    }

    public String getNode() {
        return shown.node();
    }

    public String getQueue() {
        return shown.queue();
    }

    public String getEvent() {
        return shown.event();
    }

    public String getDetail() {
        return shown.detail();
    }
}
