package org.posthorn.chaos;

import java.util.Locale;

/** What may happen to a site, and to which part of it. */
enum Kind {
    NODE_KILLED(Part.NODE, "kill -9, started again"),
    NODE_STOPPED(Part.NODE, "SIGTERM, started again"),
    NODE_PAUSED(Part.NODE, "SIGSTOP, then SIGCONT"),
    /** For longer than a lease, so that the others take its slices meanwhile. */
    NODE_PAUSED_LONG(Part.NODE, "SIGSTOP beyond the lease, then SIGCONT"),
    /** As if its machine lost power: no checkpoint, connections cut. */
    DATABASE_CRASHED(Part.DATABASE, "immediate stop, started again"),
    DATABASE_RESTARTED(Part.DATABASE, "fast stop, started again"),
    SMARTHOST_KILLED(Part.SMARTHOST, "kill -9, started again"),
    SMARTHOST_REFUSING(Part.SMARTHOST, "4xx to all mail or to some recipients"),
    SMARTHOST_SLOW(Part.SMARTHOST, "each reply late"),
    /** No new posts, so that what waits may get to its end: a queue that is empty has its own faults. */
    QUIET(Part.LOAD, "no new posts");

    /** What one event at a time may happen to. */
    enum Part {
        NODE,
        DATABASE,
        SMARTHOST,
        LOAD
    }

    private final Part part;
    private final String what;

    Kind(Part part, String what) {
        this.part = part;
        this.what = what;
    }

    Part part() {
        return part;
    }

    /** In words. */
    String what() {
        return what;
    }

    /** As the table has it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
