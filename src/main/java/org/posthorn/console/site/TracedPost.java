package org.posthorn.console.site;

import org.posthorn.queue.PostingReport;

/** One list's part of a message, as the page shows it. */
public final class TracedPost {

    private final PostingReport.Post shown;

    TracedPost(PostingReport.Post shown) {
        this.shown = shown;
    }

    public String getList() {
        return shown.list();
    }

    public String getState() {
        return shown.state().label();
    }

    public long getRecipients() {
        return shown.recipients();
    }

    public long getDelivered() {
        return shown.delivered();
    }

    public long getFailed() {
        return shown.failed();
    }

    public long getWaiting() {
        return shown.waiting();
    }
}
