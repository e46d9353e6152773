package org.posthorn.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The dashboard, the alert rules and the documentation name metrics that there are, with labels that they have. */
class MonitoringFilesTest {

    private static final Path ALERTS = Path.of("server-config/prometheus/alerts.yml");
    private static final Path DASHBOARD = Path.of("server-config/grafana/posthorn.json");
    private static final Pattern NAME = Pattern.compile("posthorn_[a-z0-9_]+");
    private static final Pattern SELECTOR = Pattern.compile("(posthorn_[a-z0-9_]+)\\{([^}]*)}");
    private static final Set<String> OF_PROMETHEUS = Set.of("instance", "job", "le");

    private static Map<String, Metric> series() {
        return Arrays.stream(Metric.values())
                .flatMap(metric -> names(metric).map(name -> Map.entry(name, metric)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<String> names(Metric metric) {
        return metric.kind() == Metric.Kind.HISTOGRAM
                ? Stream.of(metric.id() + "_bucket", metric.id() + "_sum", metric.id() + "_count")
                : Stream.of(metric.id());
    }

    private static void shouldBeThere(String expression) {
        Map<String, Metric> known = series();
        assertThat(matches(NAME, expression))
                .as(expression)
                .isNotEmpty()
                .allSatisfy(match -> assertThat(known).containsKey(match.group()));
        for (MatchResult selector : matches(SELECTOR, expression)) {
            Set<String> labels = new TreeSet<>();
            for (String matcher : selector.group(2).split(",(?=[a-z])")) {
                labels.add(matcher.replaceAll("[=!~].*", ""));
            }
            labels.removeAll(OF_PROMETHEUS);
            assertThat(known.get(selector.group(1)).labels()).as(expression).containsAll(labels);
        }
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rules() throws IOException {
        Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(ALERTS));
        List<Map<String, Object>> groups = (List<Map<String, Object>>) file.get("groups");
        return groups.stream()
                .flatMap(group -> ((List<Map<String, Object>>) group.get("rules")).stream())
                .toList();
    }

    @Test
    void everyAlertShouldAskForMetricsThatThereAre() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            String expression = rule.get("expr").toString();
            if (!expression.startsWith("up{")) { // Prometheus's own
                shouldBeThere(expression);
            }
            assertThat(rule.get("labels")).asString().matches("\\{severity=(critical|warning)}");
            assertThat(rule.get("annotations")).asString().contains("summary=");
        });
    }

    @Test
    void everyAlertShouldBeInTheHandbookAndNoOther() throws IOException {
        Set<String> alerts =
                rules().stream().map(rule -> rule.get("alert").toString()).collect(Collectors.toSet());
        Set<String> explained = matches(
                        Pattern.compile("(?m)^\\| (Posthorn[A-Za-z]+) \\|"),
                        Files.readString(Path.of("docs/operations.md")))
                .stream()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());

        assertThat(explained).isEqualTo(alerts);
    }

    @Test
    void alertsShouldCoverWhatTheSiteMustNotMiss() throws IOException {
        assertThat(rules().stream().map(rule -> rule.get("expr").toString()).collect(Collectors.joining("\n")))
                .contains(
                        Metric.QUEUE_OLDEST.id(),
                        Metric.QUEUE_ENTRIES.id() + "{queue=~\"shunt|bad\"}",
                        Metric.SMARTHOST_HEALTH.id(),
                        Metric.SLICES_UNOWNED.id(),
                        Metric.LEASE_LAPSES.id(),
                        Metric.LMTP_REPLIES.id() + "{code=~\"4..\"}",
                        Metric.DISK_FREE.id(),
                        Metric.CLOCK_OFF.id(),
                        Metric.DATABASE_UP.id());
    }

    private static JsonArray panels() throws IOException {
        try (JsonReader reader = Json.createReader(new StringReader(Files.readString(DASHBOARD)))) {
            return reader.readObject().getJsonArray("panels");
        }
    }

    private static List<String> expressions() throws IOException {
        return panels().stream()
                .map(JsonValue::asJsonObject)
                .filter(panel -> panel.containsKey("targets"))
                .flatMap(panel -> panel.getJsonArray("targets").stream())
                .map(target -> target.asJsonObject().getString("expr"))
                .toList();
    }

    @Test
    void everyPanelShouldAskForMetricsThatThereAre() throws IOException {
        assertThat(expressions()).hasSizeGreaterThan(40).allSatisfy(MonitoringFilesTest::shouldBeThere);
    }

    @Test
    void everyMetricShouldBeOnTheDashboard() throws IOException {
        String all = String.join("\n", expressions());

        assertThat(Metric.values()).allSatisfy(metric -> assertThat(all).contains(metric.id()));
    }

    @Test
    void panelsShouldNotOverlap() throws IOException {
        Set<String> taken = new TreeSet<>();
        for (JsonValue value : panels()) {
            JsonObject at = value.asJsonObject().getJsonObject("gridPos");
            assertThat(at.getInt("x") + at.getInt("w")).isLessThanOrEqualTo(24);
            for (int x = at.getInt("x"); x < at.getInt("x") + at.getInt("w"); x++) {
                for (int y = at.getInt("y"); y < at.getInt("y") + at.getInt("h"); y++) {
                    assertThat(taken.add(x + "/" + y)).isTrue();
                }
            }
        }
    }

    @Test
    void everyMetricShouldBeDocumentedAsItIs() throws IOException {
        Set<String> documented = Files.readAllLines(Path.of("docs/metrics.md")).stream()
                .filter(line -> line.startsWith("| `") && !line.startsWith("| `posthorn_`"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> expected = Arrays.stream(Metric.values())
                .map(metric -> "| `" + metric.id().replaceFirst("posthorn_", "") + "` | "
                        + metric.kind().name().toLowerCase() + " | "
                        + metric.labels().stream()
                                .map(label -> "`" + label + "`")
                                .collect(Collectors.joining(", "))
                        + " | " + metric.help() + " |")
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(documented).isEqualTo(expected);
    }
}
