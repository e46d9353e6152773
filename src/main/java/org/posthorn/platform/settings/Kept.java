package org.posthorn.platform.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long what is over is kept, in days. Where 0 is allowed it means: until somebody removes it.
 *
 * @param traceDays a message's trace after its last event, 8 to 36,500
 * @param shuntDays an entry in {@code shunt} after the last event of its message, 0 or 7 to 36,500
 * @param badDays the same for {@code bad}
 * @param heldDays a held post that nobody decides about, 0 or 7 to 36,500; a list's {@code max_days_to_hold} may be less
 * @param auditDays an entry of the audit log, 0 or 30 to 36,500
 * @param duplicateDays how long a message that comes once more is known for the same, 6 to 365: a front MTA tries for five
 */
public record Kept(int traceDays, int shuntDays, int badDays, int heldDays, int auditDays, int duplicateDays) {

    private static final int LONGEST = 36_500;

    static Kept read(SettingSource source) {
        return new Kept(
                (int) Settings.number(source, "posthorn.trace.days", 30, 8, LONGEST),
                orForEver(source, "posthorn.shunt.days", 180, 7),
                orForEver(source, "posthorn.bad.days", 30, 7),
                orForEver(source, "posthorn.held.days", 365, 7),
                orForEver(source, "posthorn.audit.days", 400, 30),
                (int) Settings.number(source, "posthorn.duplicate.days", 7, 6, 365));
    }

    private static int orForEver(SettingSource source, String key, int preset, int least) {
        String text = source.text(key, Integer.toString(preset));
        if (text.equals("0")) {
            return 0;
        }
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= LONGEST) {
            return Integer.parseInt(text);
        }
        throw source.wrong(key, text, "a whole number from " + least + " to " + LONGEST + ", or 0 for ever");
    }

    /** @return what is older is over; empty: nothing is */
    public static Optional<Instant> before(Instant now, int days) {
        return days == 0 ? Optional.empty() : Optional.of(now.minus(Duration.ofDays(days)));
    }
}
