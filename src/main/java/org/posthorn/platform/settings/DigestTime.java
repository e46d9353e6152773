package org.posthorn.platform.settings;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When each day digests go out that wait for no size. @param zone where it is that time */
public record DigestTime(LocalTime time, ZoneId zone) {

    private static final Pattern TEXT =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])(?: +([A-Za-z0-9_+/-]{1,40}))?");

    static DigestTime read(SettingSource source) {
        String key = "posthorn.digest.time";
        String text = source.text(key, "12:00");
        Matcher parts = TEXT.matcher(text.strip());
        try {
            if (parts.matches()) {
                LocalTime time = LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
                return new DigestTime(
                        time, parts.group(3) == null ? ZoneId.systemDefault() : ZoneId.of(parts.group(3)));
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
}
