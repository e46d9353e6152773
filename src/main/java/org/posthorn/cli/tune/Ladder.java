package org.posthorn.cli.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.posthorn.delivery.smtp.trial.Figures;

/**
 * Climbs from few connections to many, and with the best number of them from few recipients a message to many. Goes no
 * further once the smarthost puts off, refuses or turns away, or once two steps in a row brought no more.
 */
public final class Ladder {

    /** A step is worth its price when it brings a tenth more. */
    private static final double WORTH = 1.1;

    private static final int MOST_FLAT_STEPS = 2;

    /** What was climbed. @param stopped why no further; empty: all steps were taken */
    public record Climbed(List<Figures> steps, String stopped) {

        /** @return the least that brings nearly as much as the best; empty when nothing was clean */
        static Optional<Figures> choice(List<Figures> steps) {
            double best = steps.stream()
                    .filter(Figures::isClean)
                    .mapToDouble(Figures::rate)
                    .max()
                    .orElse(0);
            return steps.stream()
                    .filter(step -> step.isClean() && step.rate() * WORTH >= best)
                    .min(Comparator.comparingInt(Figures::connections).thenComparingInt(Figures::recipients));
        }
    }

    private final BiFunction<Integer, Integer, Figures> feed;
    private final Consumer<Figures> each;
    private final List<Figures> steps = new ArrayList<>();
    private String stopped = "";

    /** @param feed makes figures of a number of connections and one of recipients; @param each is told of every step */
    public Ladder(BiFunction<Integer, Integer, Figures> feed, Consumer<Figures> each) {
        this.feed = feed;
        this.each = each;
    }

    /** @param connections rising; @param recipients rising, the first is used while the connections rise */
    public Climbed climb(List<Integer> connections, List<Integer> recipients) {
        int flat = 0;
        double best = 0;
        for (int number : connections) {
            Figures step = step(number, recipients.get(0));
            flat = step.rate() < best * WORTH ? flat + 1 : 0;
            best = Math.max(best, step.rate());
            if (!step.isClean()) {
                stopped = "at connections=" + number + ": " + step.said();
                break;
            }
            if (flat == MOST_FLAT_STEPS && number != connections.get(connections.size() - 1)) {
                stopped =
                        "more than " + Climbed.choice(steps).orElse(step).connections() + " connections bring no more";
                break;
            }
        }
        Optional<Figures> chosen = Climbed.choice(steps);
        for (int number : recipients.subList(1, recipients.size())) {
            if (chosen.isEmpty()) {
                break;
            }
            Figures step = step(chosen.get().connections(), number);
            if (!step.isClean()) {
                stopped = "at recipients=" + number + ": " + step.said();
                break;
            }
        }
        return new Climbed(List.copyOf(steps), stopped);
    }

    private Figures step(int connections, int recipients) {
        Figures step = feed.apply(connections, recipients);
        steps.add(step);
        each.accept(step);
        return step;
    }
}
