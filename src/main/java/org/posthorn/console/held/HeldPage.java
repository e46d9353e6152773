package org.posthorn.console.held;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Pager;
import org.posthorn.console.frame.Picked;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.HeldMessage;
import org.posthorn.moderation.HeldMessages;

/** {@code /manage/{list-id}/held}: what waits for a decision, the longest first. */
@Named
@RequestScoped
public class HeldPage {

    private static final int SIZE = 50;

    @Inject
    private HeldMessages held;

    @Inject
    private Here here;

    @Inject
    private Picked picked;

    @Inject
    private Act act;

    @Inject
    private HeldForm form;

    @Inject
    @ManagedProperty("#{param.page}")
    private String page;

    private long count;
    private List<HeldMessage> rows;

    @PostConstruct
    void read() {
        count = held.count(here.listId());
        rows = held.page(here.listId(), (Pager.number(page) - 1) * SIZE, SIZE);
    }

    public void accept() {
        decide(Choice.ACCEPT);
    }

    public void reject() {
        decide(Choice.REJECT);
    }

    public void discard() {
        decide(Choice.DISCARD);
    }

    public void defer() {
        decide(Choice.DEFER);
    }

    /** Sends on, and leaves the decision for later. */
    public void forward() {
        if (form.isForwarded()) {
            decide(Choice.DEFER);
        } else {
            act.refuse("forward", "held.forward.missing");
        }
    }

    private void decide(Choice choice) {
        List<Long> ids = picked.ids();
        if (ids.isEmpty()) {
            act.refuse(null, "held.none-picked");
            return;
        }
        form.decide(ids, choice).ifPresent(outcomes -> act.end(here.getAddress(), form.words(choice, outcomes)));
    }

    public long getCount() {
        return count;
    }

    public List<HeldMessage> getRows() {
        return rows;
    }

    public Pager getPager() {
        return Pager.of(Pager.number(page), SIZE, count);
    }
}
