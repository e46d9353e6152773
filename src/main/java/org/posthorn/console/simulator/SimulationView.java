package org.posthorn.console.simulator;

import java.util.List;
import java.util.Locale;
import org.posthorn.console.text.Texts;
import org.posthorn.moderation.RuleTrial.Answer;
import org.posthorn.moderation.RuleTrial.Said;
import org.posthorn.simulator.Simulation;

/** A simulation in the reader's words. */
public final class SimulationView {

    private final Simulation simulation;
    private final Texts texts;
    private final String language;

    SimulationView(Simulation simulation, Texts texts) {
        this.simulation = simulation;
        this.texts = texts;
        this.language = texts.language().getLanguage();
    }

    /** A rule. */
    public record RuleRow(String name, String result, String reason, boolean hit) {

        public String getName() {
            return name;
        }

        public String getResult() {
            return result;
        }

        public String getReason() {
            return reason;
        }

        public boolean isHit() {
            return hit;
        }
    }

    /** A line of a diff. @param look its class in the page */
    public record Line(String text, String look) {

        public String getText() {
            return text;
        }

        public String getLook() {
            return look;
        }
    }

    /** A handler. @param cut a word about what is not shown; empty: all is */
    public record HandlerRow(String name, List<Line> lines, List<String> notes, String cut) {

        public String getName() {
            return name;
        }

        public List<Line> getLines() {
            return lines;
        }

        public List<String> getNotes() {
            return notes;
        }

        public String getCut() {
            return cut;
        }

        public boolean isChanged() {
            return !lines.isEmpty();
        }
    }

    public String getDecision() {
        return texts.get("simulator.fate." + word(simulation.fate()));
    }

    public boolean isAccepted() {
        return simulation.fate() == Simulation.Fate.ACCEPT;
    }

    public List<String> getReasons() {
        return simulation.reasons(language);
    }

    /** Whether the handlers show what would be done only if a moderator accepted it. */
    public boolean isOnlyIfAccepted() {
        return !isAccepted() && simulation.ending().isEmpty();
    }

    public boolean isStopped() {
        return simulation.stopped();
    }

    public boolean isUrgent() {
        return simulation.rules().urgent();
    }

    /** The reverse-path; empty for the null path. */
    public String getSender() {
        return simulation.sender();
    }

    public String getChain() {
        return simulation.rules().chain();
    }

    public List<RuleRow> getRules() {
        return simulation.rules().answers().stream().map(this::row).toList();
    }

    private RuleRow row(Answer answer) {
        String result = answer.isDeferred() ? "deferred" : word(answer.said());
        return new RuleRow(
                answer.rule(),
                texts.get("simulator.rule." + result),
                answer.finding()
                        .map(finding -> (finding.reason().in(language) + " " + finding.note()).strip())
                        .orElse(""),
                answer.said() == Said.HIT);
    }

    public List<HandlerRow> getHandlers() {
        return simulation.steps().stream().map(this::row).toList();
    }

    private HandlerRow row(Simulation.Step step) {
        List<Line> lines = step.difference().lines().stream()
                .map(line -> new Line(line, look(line)))
                .toList();
        String left = step.difference().left() == 0
                ? ""
                : texts.of("simulator.diff.left", step.difference().left());
        String cut = step.difference().cut() ? texts.get("simulator.diff.cut") : "";
        return new HandlerRow(step.handler(), lines, step.notes(), (left + " " + cut).strip());
    }

    private static String look(String line) {
        return switch (line.charAt(0)) {
            case '+' -> "plus";
            case '-' -> "minus";
            case '@' -> "at";
            default -> "same";
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
