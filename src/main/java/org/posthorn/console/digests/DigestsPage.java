package org.posthorn.console.digests;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.text.Texts;
import org.posthorn.digest.CollectedPosts;
import org.posthorn.digest.SendDigests;
import org.posthorn.list.Counters;
import org.posthorn.list.Digests;
import org.posthorn.list.ListCounters;
import org.posthorn.list.ListRepository;

/** {@code /manage/{list-id}/digests}: what waits for the next digest and which number it has; send it now, or number on. */
@Named
@RequestScoped
public class DigestsPage {

    @Inject
    private CollectedPosts collected;

    @Inject
    private ListRepository lists;

    @Inject
    private ListCounters counters;

    @Inject
    private SendDigests sending;

    @Inject
    private Digests digests;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    private CollectedPosts.Waiting waiting;
    private Counters counted;
    private boolean enabled;

    @PostConstruct
    void read() {
        waiting = collected.waiting(here.listId());
        counted = counters.of(here.listId());
        enabled = lists.byId(here.listId())
                .map(list -> list.digests().isDigestsEnabled())
                .orElse(false);
    }

    public boolean isEnabled() {
        return enabled;
    }

    public CollectedPosts.Waiting getWaiting() {
        return waiting;
    }

    /** In KiB, rounded up. */
    public long getSize() {
        return (waiting.sizeBytes() + 1023) / 1024;
    }

    public Counters getCounted() {
        return counted;
    }

    public void send() {
        int sent = sending.now(here.listId());
        act.end(here.getPath(), sent == 0 ? texts.get("digests.none-sent") : texts.of("digests.sent", sent));
    }

    public void bump() {
        digests.bump(here.listId());
        act.end(here.getPath(), texts.get("digests.bumped"));
    }
}
