package org.posthorn.console.frame;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import org.posthorn.console.text.Texts;

/** Times in words: how long ago, or in how long; exactly, in UTC (a script says it in the reader's zone). */
@Named
@RequestScoped
public class Times {

    @Inject
    private Clock clock;

    @Inject
    private Texts texts;

    /** @param at may be null; @return as in "3 minutes ago" */
    public String relative(Instant at) {
        if (at == null) {
            return "–";
        }
        Duration since = Duration.between(at, clock.instant());
        return since.isNegative() ? words("time.in.", since.negated()) : words("time.ago.", since);
    }

    /** @return as in "3 minutes" */
    public String length(Duration length) {
        return words("time.for.", length);
    }

    public String seconds(long seconds) {
        return length(Duration.ofSeconds(seconds));
    }

    private String words(String way, Duration length) {
        if (length.toSeconds() < 60) {
            return length.toSeconds() < 10 && !way.equals("time.for.")
                    ? texts.get("time.now")
                    : texts.of(way + "seconds", length.toSeconds());
        }
        if (length.toMinutes() < 60) {
            return texts.of(way + "minutes", length.toMinutes());
        }
        if (length.toHours() < 48) {
            return texts.of(way + "hours", length.toHours());
        }
        return texts.of(way + "days", length.toDays());
    }

    /** @return as a person reads it, in UTC */
    public String exact(Instant at) {
        return at == null
                ? ""
                : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
                                .withLocale(texts.language())
                                .format(at.atOffset(ZoneOffset.UTC))
                        + " UTC";
    }

    /** @return as machines read it (ISO 8601) */
    public String machine(Instant at) {
        return at == null ? "" : at.toString();
    }
}
