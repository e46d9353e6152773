package org.posthorn.api.monitor;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.posthorn.ingress.LmtpServer;
import org.posthorn.platform.metrics.Metrics;
import org.posthorn.platform.metrics.Sample;
import org.posthorn.platform.settings.Settings;
import org.posthorn.queue.QueueDepth;
import org.posthorn.queue.QueueDepths;
import org.posthorn.queue.lease.Slices;

/** {@code /metrics}: this node's counters and gauges, and the depth of the queues that all nodes share. */
public class MetricsServlet extends HttpServlet {

    private final transient Metrics metrics;
    private final transient QueueDepths depths;
    private final transient Slices slices;
    private final transient LmtpServer lmtp;
    private final transient Settings settings;

    @Inject
    public MetricsServlet(Metrics metrics, QueueDepths depths, Slices slices, LmtpServer lmtp, Settings settings) {
        this.metrics = metrics;
        this.depths = depths;
        this.slices = slices;
        this.lmtp = lmtp;
        this.settings = settings;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Sample> samples = new ArrayList<>(metrics.samples());
        List<QueueDepth> queues = depths.all();
        samples.addAll(samples("queue_entries", queues, QueueDepth::entries));
        samples.addAll(samples("queue_due", queues, QueueDepth::due));
        samples.addAll(samples("queue_oldest_seconds", queues, QueueDepth::oldestSeconds));
        samples.addAll(slicesOwned());
        samples.add(new Sample("lmtp_connections", Sample.Kind.GAUGE, "", "", lmtp.connections()));
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(Sample.text(samples).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Sample> samples(String name, List<QueueDepth> queues, ToLongFunction<QueueDepth> figure) {
        return queues.stream()
                .map(depth -> new Sample(
                        name, Sample.Kind.GAUGE, "queue", depth.queue().label(), figure.applyAsLong(depth)))
                .toList();
    }

    private List<Sample> slicesOwned() {
        return slices.queues().stream()
                .map(queue -> new Sample(
                        "slices_owned",
                        Sample.Kind.GAUGE,
                        "queue",
                        queue.plan().queue().label(),
                        queue.slices().stream()
                                .filter(slice -> slice.node()
                                        .filter(settings.node().name()::equals)
                                        .isPresent())
                                .count()))
                .toList();
    }
}
