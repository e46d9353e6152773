package org.posthorn.platform.settings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When something is done each day. @param zone where it is that time */
public record TimeOfDay(LocalTime time, ZoneId zone) {

    private static final Pattern TEXT =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])(?: +([A-Za-z0-9_+/-]{1,40}))?");

    static TimeOfDay read(SettingSource source, String key, String fallback) {
        String text = source.text(key, fallback);
        Matcher parts = TEXT.matcher(text.strip());
        try {
            if (parts.matches()) {
                LocalTime time = LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
                return new TimeOfDay(time, parts.group(3) == null ? ZoneId.systemDefault() : ZoneId.of(parts.group(3)));
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw source.wrong(key, text, "a time such as 06:30, with a time zone if need be: 06:30 Europe/Berlin");
    }

    /** @return when it was last that time, now at the latest */
    public Instant last(Instant now) {
        ZonedDateTime today = now.atZone(zone).with(time);
        return (today.toInstant().isAfter(now) ? now.atZone(zone).minusDays(1).with(time) : today).toInstant();
    }

    /** @return which day it is there */
    public LocalDate day(Instant when) {
        return LocalDate.ofInstant(when, zone);
    }
}
