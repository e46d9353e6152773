package org.posthorn.console.site;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.posthorn.console.frame.Rate;
import org.posthorn.console.frame.Times;
import org.posthorn.console.text.Texts;
import org.posthorn.ingress.room.Room;
import org.posthorn.ingress.room.Shortage;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.ArrivalRates;
import org.posthorn.queue.QueueName;

/** {@code /site}: is everything well? */
@Named
@RequestScoped
public class SiteOverview {

    /** What has been due for longer in a queue by which posts go out is late. */
    private static final Duration LATE = Duration.ofMinutes(10);

    private static final Duration SPAN = Duration.ofMinutes(2);
    private static final int SPANS = 30;

    @Inject
    private SiteQueues queues;

    @Inject
    private SmarthostPoolView smarthosts;

    @Inject
    private NodesView nodes;

    @Inject
    private ArrivalRates arrivals;

    @Inject
    private Room room;

    @Inject
    private Settings settings;

    @Inject
    private Pulse pulse;

    @Inject
    private Times times;

    @Inject
    private Texts texts;

    @Inject
    private Clock clock;

    private List<Finding> findings;
    private Rate came;
    private Rate delivered;
    private Rate failed;

    /** What happened in a span of time. */
    public record Beat(Instant from, long came, long delivered, long failed) {}

    @PostConstruct
    void read() {
        findings = new ArrayList<>();
        for (Shortage shortage : Shortage.values()) {
            judge(shortage);
        }
        if (smarthosts.getEnabled() == 0) {
            findings.add(new Finding("bad", texts.get("site.noSmarthost"), "/site/smarthosts"));
        }
        smarthosts.getRows().stream()
                .filter(row -> row.isEnabled() && !row.isUp())
                .forEach(row -> findings.add(new Finding(
                        row.getState().equals("failing") ? "amber" : "bad",
                        texts.of("site.smarthost." + row.getState(), row.getName(), row.getReason()),
                        "/site/smarthosts/" + row.getName())));
        queues.getRows().forEach(this::judge);
        nodes.getRows().stream()
                .filter(NodesView.Row::draining)
                .forEach(node ->
                        findings.add(new Finding("amber", texts.of("site.draining", node.name()), "/site/nodes")));
        Instant now = clock.instant();
        came = new Rate(now, SPAN, arrivals.lately(SPAN, SPANS));
        delivered = new Rate(now, SPAN, inSpans(pulse.delivered()));
        failed = new Rate(now, SPAN, inSpans(pulse.failed()));
    }

    /** @param minutes as many for each span; @return the spans' sums */
    private static long[] inSpans(long... minutes) {
        long[] spans = new long[SPANS];
        for (int i = 0; i < minutes.length; i++) {
            spans[i * SPANS / minutes.length] += minutes[i];
        }
        return spans;
    }

    private void judge(Shortage shortage) {
        boolean ofSite = shortage == Shortage.QUEUE;
        Object limit =
                ofSite ? settings.headroom().maxQueued() : settings.headroom().minFreeBytes() >> 20;
        String where = ofSite ? "/site/queues" : "/site/nodes";
        if (room.isShortOf(shortage)) {
            findings.add(new Finding(
                    "bad",
                    texts.of("site.short." + shortage.label(), settings.node().name(), limit),
                    where));
        }
        if (!room.isMeasured(shortage)) {
            findings.add(new Finding(
                    "amber",
                    texts.of(
                            "site.unmeasured." + shortage.label(),
                            settings.node().name()),
                    where));
        }
    }

    private void judge(QueueRow row) {
        if (row.isParked() && row.getEntries() > 0) {
            findings.add(new Finding(
                    "amber",
                    texts.of("site.parked." + row.getName(), row.getEntries()),
                    "/site/shunted?queue=" + row.getName()));
        } else if (row.isPostsWay() && row.getDue() > 0 && row.getOldestSeconds() > LATE.toSeconds()) {
            findings.add(new Finding(
                    "bad",
                    texts.of("site.late", row.getName(), row.getDue(), times.seconds(row.getOldestSeconds())),
                    "/site/queues"));
        }
        if (!row.getSlices().isEmpty() && row.getOwned() < row.getSlices().size()) {
            findings.add(new Finding(
                    "amber",
                    texts.of("site.unowned", row.getName(), row.getSlices().size() - row.getOwned()),
                    "/site/queues"));
        }
    }

    public List<Finding> getFindings() {
        return findings;
    }

    public boolean isWell() {
        return findings.isEmpty();
    }

    public SiteQueues getQueues() {
        return queues;
    }

    public SmarthostPoolView getSmarthosts() {
        return smarthosts;
    }

    public NodesView getNodes() {
        return nodes;
    }

    /** Posts that came in the last hour, on all nodes. */
    public Rate getCame() {
        return came;
    }

    /** Recipients that this node delivered in the last hour. */
    public Rate getDelivered() {
        return delivered;
    }

    /** Recipients that this node gave up in the last hour. */
    public Rate getFailed() {
        return failed;
    }

    /** The charts' figures, the latest first. */
    public List<Beat> getBeats() {
        List<Beat> beats = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            beats.add(new Beat(
                    came.getSpans().get(i).from(),
                    came.getSpans().get(i).figure(),
                    delivered.getSpans().get(i).figure(),
                    failed.getSpans().get(i).figure()));
        }
        Collections.reverse(beats);
        return beats;
    }

    /** How many entries wait in out and backoff. */
    public long getToDeliver() {
        return queues.getRows().stream()
                .filter(row -> row.getName().equals(QueueName.OUT.label())
                        || row.getName().equals(QueueName.BACKOFF.label()))
                .mapToLong(QueueRow::getEntries)
                .sum();
    }
}
