package org.posthorn.console.site;

import java.util.List;
import org.posthorn.queue.PostingReport;

/** How far a delivery has come, as a bar of 1000 units. */
public final class Progress {

    private static final long UNITS = 1000;

    private final long recipients;
    private final long delivered;
    private final long failed;

    private Progress(long recipients, long delivered, long failed) {
        this.recipients = recipients;
        this.delivered = delivered;
        this.failed = failed;
    }

    static Progress of(List<PostingReport.Post> posts) {
        return new Progress(
                posts.stream().mapToLong(PostingReport.Post::recipients).sum(),
                posts.stream().mapToLong(PostingReport.Post::delivered).sum(),
                posts.stream().mapToLong(PostingReport.Post::failed).sum());
    }

    public long getRecipients() {
        return recipients;
    }

    public long getDelivered() {
        return delivered;
    }

    public long getFailed() {
        return failed;
    }

    public long getWaiting() {
        return Math.max(0, recipients - delivered - failed);
    }

    /** Units of the bar. Whatever is not nothing can be seen. */
    public long getDeliveredWidth() {
        return width(delivered);
    }

    public long getFailedWidth() {
        return width(failed);
    }

    private long width(long part) {
        return part == 0 || recipients == 0 ? 0 : Math.max(8, Math.min(UNITS, part * UNITS / recipients));
    }

    /** Where the failed part begins. */
    public long getFailedFrom() {
        return UNITS - getFailedWidth();
    }
}
