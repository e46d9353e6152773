package org.posthorn.template;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.Text;
import org.posthorn.platform.settings.Settings;

/**
 * Copies what is due: what was changed, what was last copied a day ago, and what failed half an hour ago. Each is tried by one node: who notes the try
 * first has it. A try that fails leaves the copy that there is, and says why.
 */
@ApplicationScoped
public class TemplateRefresh {

    static final Duration EVERY = Duration.ofDays(1);
    static final Duration AGAIN = Duration.ofMinutes(30);

    private static final Logger LOG = System.getLogger(TemplateRefresh.class.getName());
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(5);
    private static final int AT_ONCE = 50;

    private final TemplateRows rows;
    private final Clock clock;
    private final TemplateFetch fetch;

    protected TemplateRefresh() {
        this(null, null, (TemplateFetch) null);
    }

    @Inject
    public TemplateRefresh(TemplateRows rows, Clock clock, Settings settings) {
        this(rows, clock, new TemplateFetch(settings.templateHosts(), LONGEST_FETCH));
    }

    TemplateRefresh(TemplateRows rows, Clock clock, TemplateFetch fetch) {
        this.rows = rows;
        this.clock = clock;
        this.fetch = fetch;
    }

    /** Works through all that is due, one after the other; each statement commits by itself. */
    public void run() {
        Instant good = clock.instant().minus(EVERY);
        Instant bad = clock.instant().minus(AGAIN);
        long last = -1;
        List<TemplateUri> due = rows.due(good, bad, last, AT_ONCE);
        while (!due.isEmpty() && !Thread.currentThread().isInterrupted()) {
            for (TemplateUri row : due) {
                last = row.id();
                if (rows.claim(row, clock.instant())) {
                    copy(row);
                }
            }
            due = rows.due(good, bad, last, AT_ONCE);
        }
    }

    private void copy(TemplateUri row) {
        if (row.isBuiltIn()) {
            return;
        }
        try {
            String text =
                    fetch.text(row.address(), row.username(), rows.password(row).orElse(null));
            rows.fetched(row, Text.lines(text.replace('\t', ' '), TemplateFetch.MOST_BYTES), clock.instant());
            LOG.log(
                    Level.INFO,
                    "TemplateFetched context={0} name={1}",
                    row.context(),
                    row.name().label());
        } catch (TemplateFetch.FailedException e) {
            rows.failed(row, e.getMessage());
            LOG.log(
                    Level.WARNING,
                    "TemplateNotFetched context={0} name={1} reason={2}",
                    row.context(),
                    row.name().label(),
                    Text.line(e.getMessage(), 300));
        }
    }
}
