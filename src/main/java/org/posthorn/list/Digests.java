package org.posthorn.list;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.OfList;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.audit.AuditLog;
import org.posthorn.platform.audit.AuditSubject;

/** Numbers a list's digests: a volume begins with its first digest in a new period (year, quarter, month, week or day). */
@ApplicationScoped
public class Digests {

    private ListRepository lists;
    private ListCounters counters;
    private AuditLog audit;
    private Clock clock;

    protected Digests() {}

    @Inject
    public Digests(ListRepository lists, ListCounters counters, AuditLog audit, Clock clock) {
        this.lists = lists;
        this.counters = counters;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Goes on to the next number: of a new volume where the last digest was sent in an earlier period, else of this one.
     *
     * @throws UnknownException when the list is not there
     */
    @Transactional
    @Needs(Right.CHANGE_LIST)
    public void bump(@OfList long listId) {
        MailingList list = lists.byId(listId).orElseThrow(() -> new UnknownException("list", listId));
        Instant last = counters.of(listId).digestLastSentAt();
        boolean begins = last != null
                && !period(last, list.digests().getDigestVolumeFrequency())
                        .equals(period(clock.instant(), list.digests().getDigestVolumeFrequency()));
        counters.nextDigest(listId, begins);
        audit.record(
                "bump-digest",
                new AuditSubject("list", list.getListId(), listId, list.getListId()),
                begins ? "a new volume" : null);
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
