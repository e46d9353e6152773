package org.posthorn.api.monitor;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.posthorn.platform.metrics.Metric;

/** Around every request: counts it and takes its time, by area and class of status. */
public class RequestMeter extends HttpFilter {

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        long began = System.nanoTime();
        boolean answered = false;
        try {
            chain.doFilter(request, response);
            answered = true;
        } finally {
            String area = area(request.getRequestURI());
            Metric.HTTP_REQUESTS.add(1, area, answered ? status(response.getStatus()) : "5xx");
            Metric.HTTP_TIME.time(System.nanoTime() - began, area);
        }
    }

    static String area(String path) {
        if (path.startsWith("/3.")) {
            return "mailman";
        }
        if (path.startsWith("/api/")) {
            return "api";
        }
        if (path.startsWith("/health/") || path.equals("/metrics") || path.equals("/openapi")) {
            return "monitor";
        }
        if (path.startsWith("/attachments/")) {
            return "attachments"; // they take as long as their readers like
        }
        return path.startsWith("/static/") || path.startsWith("/jakarta.faces.resource/") ? "static" : "console";
    }

    static String status(int status) {
        return status >= 100 && status < 600 ? status / 100 + "xx" : "5xx";
    }
}
