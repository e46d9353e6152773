package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Optional;
import org.posthorn.platform.Sql;

/** Numbers digests: a volume begins with its first digest in a new period (year, quarter, month, week or day). */
@ApplicationScoped
public class DigestNumbers {

    private Sql sql;
    private ListCounters counters;
    private Clock clock;

    protected DigestNumbers() {}

    @Inject
    public DigestNumbers(Sql sql, ListCounters counters, Clock clock) {
        this.sql = sql;
        this.counters = counters;
        this.clock = clock;
    }

    /** A digest's number. @param volume from 1 */
    public record Numbered(int volume, int number) {}

    /**
     * Locks the list's numbers until the transaction ends: whoever numbers its digests comes one after the other.
     *
     * @throws UnknownException when the list is gone
     */
    public void lock(long listId) {
        sql.first("select list_id from list_counter where list_id = ? for update", row -> row.getLong(1), listId)
                .orElseThrow(() -> new UnknownException("list", listId));
    }

    /** Takes the number of a digest that goes out now; the row must be {@linkplain #lock locked}. */
    public Numbered take(MailingList list) {
        Counters counted = counters.of(list.getId());
        // A volume that somebody has begun by hand, and of which nothing has gone out, is new enough.
        boolean begins = counted.nextDigestNumber() > 1 && isNewPeriod(list, counted);
        Numbered taken = begins
                ? new Numbered(counted.volume() + 1, 1)
                : new Numbered(counted.volume(), counted.nextDigestNumber());
        sql.update(
                "update list_counter set volume = ?, next_digest_number = ?, digest_last_sent_at = ? where list_id = ?",
                taken.volume(),
                taken.number() + 1,
                clock.instant(),
                list.getId());
        return taken;
    }

    /**
     * Goes on to the next number, or the first of the next volume where this one was begun in an earlier period.
     *
     * @return whether a volume begins
     */
    boolean bump(MailingList list) {
        lock(list.getId());
        boolean begins = isNewPeriod(list, counters.of(list.getId()));
        if (begins) {
            sql.update(
                    "update list_counter set volume = volume + 1, next_digest_number = 1, volume_begun_at = ? where list_id = ?",
                    clock.instant(),
                    list.getId());
        } else {
            sql.update(
                    "update list_counter set next_digest_number = next_digest_number + 1 where list_id = ?",
                    list.getId());
        }
        return begins;
    }

    /**
     * Whether the last digest went out in an earlier period, and no volume has been begun by hand in this one; false without
     * a digest.
     */
    private boolean isNewPeriod(MailingList list, Counters counted) {
        DigestFrequency frequency = list.digests().getDigestVolumeFrequency();
        String now = period(clock.instant(), frequency);
        return counted.digestLastSentAt() != null
                && !period(counted.digestLastSentAt(), frequency).equals(now)
                && begunAt(list).filter(at -> period(at, frequency).equals(now)).isEmpty();
    }

    private Optional<Instant> begunAt(MailingList list) {
        return sql
                .list(
                        "select volume_begun_at from list_counter where list_id = ? and volume_begun_at is not null",
                        row -> Sql.instant(row, "volume_begun_at"),
                        list.getId())
                .stream()
                .findFirst();
    }

    private static String period(Instant at, DigestFrequency frequency) {
        ZonedDateTime time = at.atZone(ZoneOffset.UTC);
        return switch (frequency) {
            case YEARLY -> Integer.toString(time.getYear());
            case QUARTERLY -> time.getYear() + "q" + time.get(IsoFields.QUARTER_OF_YEAR);
            case MONTHLY -> time.getYear() + "-" + time.getMonthValue();
            case WEEKLY ->
                time.get(WeekFields.ISO.weekBasedYear()) + "w" + time.get(WeekFields.ISO.weekOfWeekBasedYear());
            case DAILY -> time.toLocalDate().toString();
        };
    }
}
