package org.posthorn.console.simulator;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.posthorn.console.text.Texts;
import org.posthorn.list.WhoGets.Share;
import org.posthorn.moderation.RuleTrial.Answer;
import org.posthorn.moderation.RuleTrial.Said;
import org.posthorn.simulator.Simulation;

/** A simulation in the reader's words. */
public final class SimulationView {

    private final Simulation simulation;
    private final String asked;
    private final Texts texts;
    private final String language;

    SimulationView(Simulation simulation, String asked, Texts texts) {
        this.asked = asked;
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

    /** How many members there are of a kind. */
    public record CountRow(String word, long members) {

        public String getWord() {
            return word;
        }

        public long getMembers() {
            return members;
        }
    }

    /** Whether it would go out to members. */
    public boolean isOut() {
        return simulation.readers().isPresent();
    }

    /** Those kinds of which there are some, and those who get it in any case. */
    public List<CountRow> getCounts() {
        return simulation.readers().stream()
                .flatMap(readers -> Stream.concat(
                        readers.counted().shares().entrySet().stream()
                                .filter(each -> each.getValue() > 0 || each.getKey() == Share.GETS)
                                .map(each -> new CountRow(
                                        texts.get("simulator.share." + word(each.getKey())), each.getValue())),
                        Stream.of(readers.counted().included())
                                .filter(included -> included > 0)
                                .map(included -> new CountRow(texts.get("simulator.included"), included))))
                .toList();
    }

    /** The first of those who get it by itself. */
    public List<String> getFirst() {
        return simulation.readers().map(Simulation.Readers::page).orElse(List.of());
    }

    public boolean isMore() {
        return simulation.readers().flatMap(Simulation.Readers::after).isPresent();
    }

    /** What the one who was asked about gets; empty: nobody was. */
    public String getAsked() {
        if (asked.isEmpty() || simulation.readers().isEmpty()) {
            return "";
        }
        String share = simulation
                .readers()
                .flatMap(Simulation.Readers::asked)
                .map(SimulationView::word)
                .orElse("none");
        return texts.of("simulator.asked", asked, texts.get("simulator.share." + share));
    }

    /** The mail as it goes out. */
    public String getMail() {
        return String.join("\n", simulation.mail());
    }

    public boolean isMailCut() {
        return simulation.mailCut();
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
