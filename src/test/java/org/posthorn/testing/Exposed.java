package org.posthorn.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus's text format 0.0.4, read strictly: a line that is not in it fails. */
public final class Exposed {

    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.]+(?:E-?[0-9]+)?|[+-]Inf|NaN)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\"\\\\n])*)\"(?:,|$)");

    private record Sample(String name, Map<String, String> labels) {}

    private final Map<String, String> helps = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Map<Sample, Double> figures = new HashMap<>();
    private final List<Sample> order = new ArrayList<>();

    private Exposed() {}

    public static Exposed parse(String text) {
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        Exposed exposed = new Exposed();
        Set<String> families = new HashSet<>();
        String family = "";
        for (String line : text.split("\n")) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                family = words[2];
                if (!families.add(family)) {
                    throw new AssertionError("twice: " + family);
                }
                exposed.helps.put(family, words[3]);
            } else if (line.startsWith("# TYPE ")) {
                if (!words[2].equals(family)) {
                    throw new AssertionError("TYPE without its HELP: " + line);
                }
                exposed.types.put(words[2], words[3]);
            } else {
                exposed.sample(line, family);
            }
        }
        return exposed;
    }

    private void sample(String line, String family) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no sample: " + line);
        }
        String name = matcher.group(1);
        boolean ofHistogram = types.get(family).equals("histogram") && name.matches(family + "_(bucket|sum|count)");
        if (!name.equals(family) && !ofHistogram) {
            throw new AssertionError(name + " stands among those of " + family);
        }
        Sample sample = new Sample(name, labels(matcher.group(2), line));
        if (figures.put(sample, Double.valueOf(matcher.group(3))) != null) {
            throw new AssertionError("twice: " + line);
        }
        order.add(sample);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new HashMap<>();
        if (text == null) {
            return labels;
        }
        Matcher matcher = LABEL.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            labels.put(
                    matcher.group(1),
                    matcher.group(2).replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\"));
            end = matcher.end();
        }
        if (end != text.length()) {
            throw new AssertionError("no labels: " + line);
        }
        return labels;
    }

    public String help(String name) {
        return helps.get(name);
    }

    public String type(String name) {
        return types.get(name);
    }

    /** @return the names of all metrics */
    public Set<String> names() {
        return types.keySet();
    }

    /** @return the figure, 0 when it is not there */
    public double figure(String name, Map<String, String> labels) {
        return figures.getOrDefault(new Sample(name, labels), 0.0);
    }

    /** @return the sum over all labels */
    public double sum(String name) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** @return whether there is any figure of that name */
    public boolean has(String name) {
        return order.stream().anyMatch(sample -> sample.name().equals(name));
    }

    /** @return every label's name and value */
    public List<Map.Entry<String, String>> labels() {
        return order.stream()
                .flatMap(sample -> sample.labels().entrySet().stream())
                .toList();
    }

    /** @return a histogram's buckets in order, each with those before */
    public List<Double> buckets(String name, Map<String, String> labels) {
        return order.stream()
                .filter(sample -> sample.name().equals(name + "_bucket"))
                .filter(sample -> {
                    Map<String, String> others = new HashMap<>(sample.labels());
                    others.remove("le");
                    return others.equals(labels);
                })
                .map(figures::get)
                .toList();
    }
}
