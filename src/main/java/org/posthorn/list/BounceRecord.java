package org.posthorn.list;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Optional;

/** What bounces have said of a member so far. A fresh membership has none; bounce processing keeps the figures. */
@Embeddable
public class BounceRecord {

    @Column(name = "bounce_score", nullable = false)
    private int score;

    @Column(name = "last_bounce_received")
    private Instant lastReceived;

    @Column(name = "last_warning_sent")
    private Instant lastWarning;

    @Column(name = "total_warnings_sent", nullable = false)
    private int warnings;

    /** Points, at most one a day; above the list's threshold delivery is disabled. */
    public int score() {
        return score;
    }

    public Optional<Instant> lastReceived() {
        return Optional.ofNullable(lastReceived);
    }

    public Optional<Instant> lastWarning() {
        return Optional.ofNullable(lastWarning);
    }

    /** How many warnings a disabled member has got. */
    public int warnings() {
        return warnings;
    }
}
