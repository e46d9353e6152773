package org.posthorn.list;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Mailman's REST API writes them: {@code 90d}, {@code 1d3.5s}. */
final class DurationText {

    private static final Pattern PARTS = Pattern.compile(
            "(?:([0-9]{1,5})w)?(?:([0-9]{1,5})d)?(?:([0-9]{1,7})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,10}(?:\\.[0-9]{1,6})?)s)?");
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private DurationText() {}

    static String format(Duration duration) {
        Duration rest = duration.minusDays(duration.toDays());
        if (rest.isZero()) {
            return duration.toDays() + "d";
        }
        BigDecimal seconds = BigDecimal.valueOf(rest.getSeconds())
                .add(BigDecimal.valueOf(rest.getNano(), 9))
                .stripTrailingZeros();
        return duration.toDays() + "d" + (seconds.scale() < 1 ? seconds.setScale(1) : seconds).toPlainString() + "s";
    }

    /** @return empty: it is no duration, or one of more than 36,500 days */
    static Optional<Duration> parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        Duration duration = Duration.ofDays(7 * whole(parts.group(1)) + whole(parts.group(2)))
                .plusHours(whole(parts.group(3)))
                .plusMinutes(whole(parts.group(4)))
                .plusNanos(
                        parts.group(5) == null
                                ? 0
                                : new BigDecimal(parts.group(5))
                                        .movePointRight(9)
                                        .longValueExact());
        return duration.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(duration);
    }

    private static long whole(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
