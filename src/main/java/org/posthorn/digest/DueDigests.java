package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.posthorn.platform.settings.Settings;
import org.posthorn.platform.settings.TimeOfDay;

/** Makes the digests of the lists that send them daily, each digest in a transaction of its own. */
@ApplicationScoped
public class DueDigests {

    private static final Logger LOG = System.getLogger(DueDigests.class.getName());
    private static final int AT_A_TIME = 100;

    private final CollectedPosts posts;
    private final SendDigests sending;
    private final TimeOfDay time;
    private final Clock clock;

    protected DueDigests() {
        this(null, null, (TimeOfDay) null, null);
    }

    @Inject
    public DueDigests(CollectedPosts posts, SendDigests sending, Settings settings, Clock clock) {
        this(posts, sending, settings.digestTime(), clock);
    }

    DueDigests(CollectedPosts posts, SendDigests sending, TimeOfDay time, Clock clock) {
        this.posts = posts;
        this.sending = sending;
        this.time = time;
        this.clock = clock;
    }

    /** Of all lists where the day's time has come since a post was collected. One that fails does not keep the others from theirs. */
    public void send() {
        Instant since = time.last(clock.instant());
        List<Long> due = posts.due(since, 0, AT_A_TIME);
        while (!due.isEmpty()) {
            for (long listId : due) {
                try {
                    sending.since(listId, since);
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "a list's digest is left to the next time: list=" + listId, e);
                }
            }
            due = posts.due(since, due.get(due.size() - 1), AT_A_TIME);
        }
    }
}
