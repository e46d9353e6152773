package org.posthorn.platform;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of the week at which something may be used, as people write them: {@code 22:00-06:00},
 * {@code mon-fri 19:00-07:00, sat-sun 00:00-24:00 Europe/Berlin}. A range that ends before it begins ends on the next day;
 * its weekdays are those on which it begins. Without a zone the node's own counts.
 *
 * @param text as it was given, spaces apart; empty: at all times
 * @param ranges empty: at all times
 */
public record Hours(String text, List<Range> ranges, ZoneId zone) {

    /** What is allowed, in words. */
    public static final String SYNTAX =
            "ranges such as 22:00-06:00, comma-separated, each with weekdays before it if need be (mon-fri 19:00-07:00), and at the very end a time zone if need be (Europe/Berlin)";

    public static final Hours ALWAYS = new Hours("", List.of(), ZoneId.of("UTC"));

    private static final int MOST_CHARACTERS = 500;
    private static final int MOST_RANGES = 30;
    private static final String DAY = "(?:mon|tue|wed|thu|fri|sat|sun)";
    private static final Pattern RANGE = Pattern.compile("(?:(" + DAY + ")(?:-(" + DAY
            + "))? +)?([0-9]{1,2}:[0-9]{2}) *- *([0-9]{1,2}:[0-9]{2})(?: +([a-z][a-z0-9_+/-]*))?");

    /**
     * @param days on which it begins
     * @param minutes how long it lasts by the clock on the wall, 1 to 1440
     */
    public record Range(Set<DayOfWeek> days, LocalTime from, int minutes) {

        private ZonedDateTime begin(LocalDate day, ZoneId zone) {
            return day.atTime(from).atZone(zone);
        }

        private ZonedDateTime end(LocalDate day, ZoneId zone) {
            return day.atTime(from).plusMinutes(minutes).atZone(zone);
        }
    }

    /**
     * @param text null or blank: at all times
     * @throws IllegalArgumentException with what is wrong and what is allowed as its message
     */
    public static Hours parse(String text) {
        String given = text == null ? "" : text.strip().replaceAll("\\s+", " ");
        if (given.isEmpty()) {
            return ALWAYS;
        }
        if (given.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("at most " + MOST_CHARACTERS + " characters");
        }
        String[] parts = given.split(" ?, ?", -1);
        if (parts.length > MOST_RANGES) {
            throw new IllegalArgumentException("at most " + MOST_RANGES + " ranges");
        }
        List<Range> ranges = new ArrayList<>();
        ZoneId zone = ZoneId.systemDefault();
        for (int i = 0; i < parts.length; i++) {
            Matcher range = RANGE.matcher(parts[i].toLowerCase(Locale.ROOT));
            if (!range.matches()) {
                throw new IllegalArgumentException("\"" + parts[i] + "\" is no range of times; allowed are " + SYNTAX);
            }
            ranges.add(range(range, parts[i]));
            if (range.group(5) != null) {
                if (i < parts.length - 1) {
                    throw new IllegalArgumentException("one time zone, at the very end");
                }
                zone = zone(parts[i].substring(range.start(5)));
            }
        }
        return new Hours(given, List.copyOf(ranges), zone);
    }

    private static Range range(Matcher range, String text) {
        int from = minute(range.group(3), 24 * 60 - 1);
        int to = minute(range.group(4), 24 * 60);
        if (from == to) {
            throw new IllegalArgumentException("\"" + text + "\" has no length; the whole day is 00:00-24:00");
        }
        int minutes = to > from ? to - from : to + 24 * 60 - from;
        return new Range(days(range.group(1), range.group(2)), LocalTime.ofSecondOfDay(from * 60L), minutes);
    }

    private static int minute(String time, int most) {
        int colon = time.indexOf(':');
        int hours = Integer.parseInt(time.substring(0, colon));
        int minutes = Integer.parseInt(time.substring(colon + 1));
        if (minutes > 59 || hours * 60 + minutes > most) {
            throw new IllegalArgumentException(
                    "\"" + time + "\" is no time of day, 00:00 to 23:59 (a range may end at 24:00)");
        }
        return hours * 60 + minutes;
    }

    private static Set<DayOfWeek> days(String first, String last) {
        if (first == null) {
            return EnumSet.allOf(DayOfWeek.class);
        }
        Set<DayOfWeek> days = EnumSet.of(day(first));
        DayOfWeek end = day(last == null ? first : last);
        for (DayOfWeek day = day(first); day != end; day = day.plus(1)) {
            days.add(day.plus(1));
        }
        return days;
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equalsIgnoreCase(name)) {
                return day;
            }
        }
        throw new IllegalStateException("a day that cannot be: " + name);
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" is no time zone such as Europe/Berlin or UTC", e);
        }
    }

    public boolean isAlways() {
        return ranges.isEmpty();
    }

    /** @return whether that moment is within them */
    public boolean isOpen(Instant now) {
        if (isAlways()) {
            return true;
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        for (Range range : ranges) {
            for (LocalDate day = today.minusDays(1); !day.isAfter(today); day = day.plusDays(1)) {
                boolean within = range.days().contains(day.getDayOfWeek())
                        && !now.isBefore(range.begin(day, zone).toInstant())
                        && now.isBefore(range.end(day, zone).toInstant());
                if (within) {
                    return true;
                }
            }
        }
        return false;
    }

    /** @return when they begin next; empty while they are on, or at all times */
    public Optional<Instant> opens(Instant now) {
        if (isOpen(now)) {
            return Optional.empty();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        Instant first = null;
        for (Range range : ranges) {
            for (int days = 0; days <= 7; days++) {
                LocalDate day = today.plusDays(days);
                Instant begin = range.begin(day, zone).toInstant();
                boolean next = range.days().contains(day.getDayOfWeek()) && begin.isAfter(now);
                if (next && (first == null || begin.isBefore(first))) {
                    first = begin;
                }
            }
        }
        return Optional.ofNullable(first);
    }

    /** @return a moment in their own zone, with the weekday where it is not within a day of now: {@code 22:00}, {@code Sat 22:00} */
    public String clock(Instant moment, Instant now) {
        String pattern = moment.isBefore(now.plusSeconds(24 * 3600)) ? "HH:mm" : "EEE HH:mm";
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withZone(zone)
                .format(moment);
    }

    @Override
    public String toString() {
        return text;
    }
}
