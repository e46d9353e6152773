package org.posthorn.console.frame;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Figures over time, span by span up to now: for a chart ({@code ph:rate}) and for the table that says the same. */
public final class Rate {

    private final Instant end;
    private final Duration step;
    private final long[] figures;

    /** @param end of the last span; @param step how long each is; @param figures the earliest first */
    public Rate(Instant end, Duration step, long... figures) {
        this.end = end;
        this.step = step;
        this.figures = figures.clone();
    }

    /** When a span began, and its figure. */
    public record Span(Instant from, long figure) {}

    /** The spans, the earliest first. */
    public List<Span> getSpans() {
        List<Span> spans = new ArrayList<>(figures.length);
        for (int i = 0; i < figures.length; i++) {
            spans.add(new Span(end.minus(step.multipliedBy(figures.length - i)), figures[i]));
        }
        return spans;
    }

    /** When the first span began. */
    public Instant getBegin() {
        return end.minus(step.multipliedBy(figures.length));
    }

    public long getSum() {
        return Arrays.stream(figures).sum();
    }

    public long getMost() {
        return Arrays.stream(figures).max().orElse(0);
    }

    /** The figures, comma-separated. */
    public String getFigures() {
        return Arrays.stream(figures).mapToObj(Long::toString).collect(Collectors.joining(","));
    }

    /** The spans' beginnings, comma-separated, as machines write them. */
    public String getTimes() {
        return getSpans().stream().map(span -> span.from().toString()).collect(Collectors.joining(","));
    }

    /**
     * What Chart.js draws; its looks are the script's matter.
     *
     * @param kind {@code line} or {@code bar}
     * @param title what is counted: one of our own texts
     */
    public String chart(String kind, String title) {
        JsonArrayBuilder labels = Json.createArrayBuilder();
        JsonArrayBuilder data = Json.createArrayBuilder();
        getSpans().forEach(span -> {
            labels.add(span.from().toString());
            data.add(span.figure());
        });
        return Json.createObjectBuilder()
                .add("type", kind)
                .add(
                        "data",
                        Json.createObjectBuilder()
                                .add("labels", labels)
                                .add(
                                        "datasets",
                                        Json.createArrayBuilder()
                                                .add(Json.createObjectBuilder()
                                                        .add("label", title)
                                                        .add("data", data))))
                .build()
                .toString()
                .replace("<", "\\u003c");
    }
}
