package org.posthorn.chaos;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Says what happens, with the time since the load began; what must not happen is kept too, for the verdict. */
final class Journal {

    private final PrintStream out;
    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private volatile long beginNanos = System.nanoTime();

    Journal(PrintStream out) {
        this.out = out;
    }

    void begin() {
        beginNanos = System.nanoTime();
    }

    Duration now() {
        return Duration.ofNanos(System.nanoTime() - beginNanos);
    }

    void say(String what) {
        out.println(String.format(Locale.ROOT, "%8.1f s  %s", now().toMillis() / 1000.0, what));
    }

    void fault(String what) {
        faults.add(String.format(Locale.ROOT, "%s (at %.0f s)", what, now().toMillis() / 1000.0));
        say("FAULT: " + what);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }
}
