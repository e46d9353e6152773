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
import org.posthorn.platform.metrics.Metrics;
import org.posthorn.platform.metrics.Sample;
import org.posthorn.queue.QueueDepth;
import org.posthorn.queue.QueueDepths;

/** {@code /metrics}: this node's counters and gauges, and the depth of the queues that all nodes share. */
public class MetricsServlet extends HttpServlet {

    private final transient Metrics metrics;
    private final transient QueueDepths depths;

    @Inject
    public MetricsServlet(Metrics metrics, QueueDepths depths) {
        this.metrics = metrics;
        this.depths = depths;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        List<Sample> samples = new ArrayList<>(metrics.samples());
        List<QueueDepth> queues = depths.all();
        samples.addAll(samples("queue_entries", queues, QueueDepth::entries));
        samples.addAll(samples("queue_due", queues, QueueDepth::due));
        samples.addAll(samples("queue_oldest_seconds", queues, QueueDepth::oldestSeconds));
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(Sample.text(samples).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Sample> samples(String name, List<QueueDepth> queues, ToLongFunction<QueueDepth> figure) {
        return queues.stream()
                .map(depth -> new Sample(name, Sample.Kind.GAUGE, "queue", depth.queue().label(), figure.applyAsLong(depth)))
                .toList();
    }
}
