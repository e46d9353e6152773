package org.posthorn.simulator;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;

/**
 * What a step changed in a message's source, as a unified diff with three lines around each change.
 *
 * @param lines each begins with {@code @@}, a blank, {@code -} or {@code +}; none: nothing was changed
 * @param left how many lines of the diff were left out at its end
 * @param cut whether the message is longer than what was compared
 */
public record Difference(List<String> lines, int left, boolean cut) {

    /** More lines of a diff nobody reads. */
    static final int MOST_LINES = 300;

    static final Difference NONE = new Difference(List.of(), 0, false);

    private static final int AROUND = 3;
    private static final int HEADING = 2;

    public boolean isNone() {
        return lines.isEmpty();
    }

    /** In linear space, and of a bounded number of lines: about ten million steps at the most. */
    static Difference of(Source before, Source after) {
        Patch<String> patch = DiffUtils.diff(before.lines(), after.lines(), new MyersDiffWithLinearSpace<>());
        List<String> all = UnifiedDiffUtils.generateUnifiedDiff("", "", before.lines(), patch, AROUND);
        if (all.isEmpty()) {
            return new Difference(List.of(), 0, before.cut() || after.cut());
        }
        List<String> lines = ordered(all.subList(HEADING, all.size()));
        int shown = Math.min(lines.size(), MOST_LINES);
        return new Difference(List.copyOf(lines.subList(0, shown)), lines.size() - shown, before.cut() || after.cut());
    }

    /** Where lines were replaced, those that go stand before those that come. */
    private static List<String> ordered(List<String> lines) {
        List<String> ordered = new ArrayList<>();
        List<String> coming = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("+")) {
                coming.add(line);
                continue;
            }
            if (!line.startsWith("-")) {
                ordered.addAll(coming);
                coming.clear();
            }
            ordered.add(line);
        }
        ordered.addAll(coming);
        return ordered;
    }
}
