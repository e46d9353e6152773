package org.posthorn.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.posthorn.platform.Sql;
import org.posthorn.platform.actor.Needs;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.settings.TimeOfDay;

/**
 * Reminds the moderators of each list on which something waits, once a day: from the site's time of reminders on, of lists
 * where something has waited since before that. What comes later is in the next day's mail; a node that was away at that time
 * makes up for it. Lists are found a few at a time, and each has a transaction of its own.
 */
@ApplicationScoped
public class RemindModerators {

    private static final Logger LOG = System.getLogger(RemindModerators.class.getName());
    private static final int AT_ONCE = 100;

    private final Sql sql;
    private final Clock clock;
    private final ModeratorReminder reminder;
    private final TimeOfDay time;

    protected RemindModerators() {
        this(null, (TimeOfDay) null, null, null);
    }

    @Inject
    public RemindModerators(Sql sql, Settings settings, Clock clock, ModeratorReminder reminder) {
        this(sql, settings.reminderTime(), clock, reminder);
    }

    RemindModerators(Sql sql, TimeOfDay time, Clock clock, ModeratorReminder reminder) {
        this.sql = sql;
        this.time = time;
        this.clock = clock;
        this.reminder = reminder;
    }

    /** @return to the moderators of how many lists something was sent */
    public int sendDue() {
        Instant now = clock.instant();
        Instant since = time.last(now);
        return send(time.day(since), since, now);
    }

    /**
     * The same at once, of all that waits: as Mailman's {@code notify}, but to nobody who had it today.
     *
     * @return as {@link #sendDue}
     */
    @Needs(Right.OPERATE_SITE)
    public int sendNow() {
        Instant now = clock.instant();
        return send(time.day(now), now.plusSeconds(1), now);
    }

    private int send(LocalDate day, Instant since, Instant now) {
        int sent = 0;
        List<Long> lists = due(day, since, now, 0);
        while (!lists.isEmpty()) {
            for (long list : lists) {
                sent += send(list, day) ? 1 : 0;
            }
            lists = due(day, since, now, lists.get(lists.size() - 1));
        }
        return sent;
    }

    private boolean send(long list, LocalDate day) {
        try {
            return reminder.send(list, day);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the moderators of list " + list + " are reminded at the next turn", e);
            return false;
        }
    }

    private List<Long> due(LocalDate day, Instant since, Instant now, long after) {
        return sql.list("""
                select l.id from mailing_list l
                where l.id > ? and (l.moderators_reminded_on is null or l.moderators_reminded_on < ?)
                  and (exists (select 1 from held_message h where h.list_id = l.id and h.held_at < ?)
                    or exists (select 1 from subscription_request r where r.list_id = l.id and r.token_owner = 'MODERATOR'
                      and r.requested_at < ? and r.expires_at > ?))
                order by l.id fetch first\s""" + AT_ONCE + " rows only", row -> row.getLong(1), after, day, since, since, now);
    }
}
