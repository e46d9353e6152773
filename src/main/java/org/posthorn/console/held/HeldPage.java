package org.posthorn.console.held;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.function.LongPredicate;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Pager;
import org.posthorn.console.frame.Picked;
import org.posthorn.console.text.Texts;
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
    private Texts texts;

    @Inject
    @ManagedProperty("#{param.page}")
    private String page;

    private long count;
    private List<HeldMessage> rows;
    private String reason = "";

    @PostConstruct
    void read() {
        count = held.count(here.listId());
        rows = held.page(here.listId(), (Pager.number(page) - 1) * SIZE, SIZE);
    }

    public void accept() {
        decide("held.accepted", id -> held.accept(here.listId(), id, by()));
    }

    public void reject() {
        if (reason.isBlank()) {
            act.refuse("reason", "held.reason.missing");
            return;
        }
        decide("held.rejected", id -> held.reject(here.listId(), id, reason.strip(), by()));
    }

    public void discard() {
        decide("held.discarded", id -> held.discard(here.listId(), id, by()));
    }

    private void decide(String key, LongPredicate decision) {
        List<Long> ids = picked.ids();
        if (ids.isEmpty()) {
            act.refuse(null, "held.none-picked");
            return;
        }
        long decided = ids.stream().filter(decision::test).count();
        String words = texts.of(key, decided);
        act.end(
                here.getAddress(),
                decided == ids.size() ? words : words + " " + texts.of("held.gone-before", ids.size() - decided));
    }

    private String by() {
        return here.getVisitor().getName();
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

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
