package org.posthorn.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alert rules as Prometheus itself reads and evaluates them. bin/verify installs its {@code promtool}. */
class AlertRulesTest {

    private static final Path TOOL = Path.of("/usr/bin/promtool");
    private static final String RULES = "server-config/prometheus/alerts.yml";
    private static final List<String> CASES = List.of(
            "src/test/resources/monitoring/alerts-test.yml", "src/test/resources/monitoring/alerts-week-test.yml");

    @BeforeAll
    static void toolShouldBeThere() {
        assumeTrue(Files.isExecutable(TOOL), "no " + TOOL + ": alerts are not evaluated (Debian package prometheus)");
    }

    private record Said(int status, String text) {}

    private static Said promtool(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(TOOL.toString()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private static Map<String, Object> yaml(String file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(file)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> children(Map<String, Object> parent, String name) {
        return (List<Map<String, Object>>) parent.get(name);
    }

    @Test
    void prometheusShouldReadTheRules() throws Exception {
        Said said = promtool("check", "rules", RULES);

        assertThat(said.status()).as(said.text()).isZero();
        assertThat(said.text()).contains("SUCCESS");
    }

    @Test
    void everyAlertShouldFireWhenItShouldAndNotBefore() throws Exception {
        Said said = promtool("test", "rules", CASES.get(0), CASES.get(1));

        assertThat(said.status()).as(said.text()).isZero();
        assertThat(said.text()).contains("SUCCESS");
    }

    @Test
    void noAlertShouldBeWithoutACaseInWhichItFiresAndOneInWhichItIsSilent() throws Exception {
        Set<String> alerts = children(yaml(RULES), "groups").stream()
                .flatMap(group -> children(group, "rules").stream())
                .map(rule -> rule.get("alert").toString())
                .collect(Collectors.toSet());

        assertThat(cases(false)).isEqualTo(alerts);
        assertThat(cases(true)).isEqualTo(alerts);
    }

    /** @return the alerts with a case in which they are silent, or with one in which they fire */
    private static Set<String> cases(boolean silent) throws IOException {
        Set<String> alerts = new HashSet<>();
        for (String file : CASES) {
            children(yaml(file), "tests").stream()
                    .flatMap(test -> children(test, "alert_rule_test").stream())
                    .filter(one -> children(one, "exp_alerts").isEmpty() == silent)
                    .map(one -> one.get("alertname").toString())
                    .forEach(alerts::add);
        }
        return alerts;
    }
}
