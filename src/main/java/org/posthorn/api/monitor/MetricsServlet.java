package org.posthorn.api.monitor;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.posthorn.platform.metrics.Exposition;
import org.posthorn.platform.metrics.Gathering;

/** {@code /metrics}: this node's counters and gauges, and those of the site, for Prometheus. */
public class MetricsServlet extends HttpServlet {

    private final transient Gathering gathering;

    @Inject
    public MetricsServlet(Gathering gathering) {
        this.gathering = gathering;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        byte[] text = Exposition.text(gathering.gather()).getBytes(StandardCharsets.UTF_8);
        response.setContentType(Exposition.TYPE);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text);
    }
}
