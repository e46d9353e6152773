package org.posthorn.console.held;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.moderation.DecideHeld.Choice;
import org.posthorn.moderation.HeldDecisions;
import org.posthorn.moderation.HeldDecisions.Decision;
import org.posthorn.moderation.HeldReading;
import org.posthorn.moderation.HeldReading.Opened;

/** {@code /manage/{list-id}/held/{request}}: what does this post say, and what is to become of it? */
@Named
@RequestScoped
public class HeldPost {

    @Inject
    private HeldReading reading;

    @Inject
    private HeldForm form;

    @Inject
    private HeldDecisions decisions;

    @Inject
    private Here here;

    @Inject
    private Act act;

    /** The posting's id, which the form has: the held post's own row is gone with the decision. */
    @Inject
    @ManagedProperty("#{param.posting}")
    private String posting;

    private Optional<Opened> opened;

    @PostConstruct
    void read() {
        opened = requestId().flatMap(id -> reading.open(here.listId(), id));
    }

    private Optional<Long> requestId() {
        return number(here.part("request"));
    }

    private static Optional<Long> number(String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
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

    /** Sends it on, and leaves the decision for later. */
    public void forward() {
        if (form.isForwarded()) {
            decide(Choice.DEFER);
        } else {
            act.refuse("forward", "held.forward.missing");
        }
    }

    /** A second moderator stays on the page, which says who was quicker. */
    private void decide(Choice choice) {
        if (opened.isEmpty()) {
            return;
        }
        form.decide(List.of(requestId().orElse(0L)), choice).ifPresent(outcomes -> {
            switch (outcomes.get(0).result()) {
                case DONE -> act.end("/manage/" + here.getList().getListId() + "/held", form.words(choice, outcomes));
                case NO_SENDER -> act.refuse("always", "held.no-sender.this");
                case GONE -> opened = Optional.empty();
                case FAILED -> act.refuse(null, "held.failed", 1);
            }
        });
    }

    /** The post; null: it waits no more. */
    public Opened getOpened() {
        return opened.orElse(null);
    }

    /** What was decided meanwhile; null: not known. */
    public Decision getDecision() {
        return number(posting).flatMap(id -> decisions.of(here.listId(), id)).orElse(null);
    }
}
