package org.posthorn.console.held;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.text.Texts;
import org.posthorn.moderation.HeldDecisions;
import org.posthorn.moderation.HeldDecisions.Decision;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.moderation.HeldReading;
import org.posthorn.moderation.HeldReading.Opened;

/** {@code /manage/{list-id}/held/{request}}: what does this post say, and what is to become of it? */
@Named
@RequestScoped
public class HeldPost {

    @Inject
    private HeldReading reading;

    @Inject
    private HeldMessages held;

    @Inject
    private HeldDecisions decisions;

    @Inject
    private Here here;

    @Inject
    private Act act;

    @Inject
    private Texts texts;

    /** The posting's id, which the form has: the held post's own row is gone with the decision. */
    @Inject
    @ManagedProperty("#{param.posting}")
    private String posting;

    private Optional<Opened> opened;
    private String reason = "";

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
        end(held.accept(here.listId(), id(), by()), "held.accepted");
    }

    public void reject() {
        if (reason.isBlank() && opened.isPresent()) {
            act.refuse("reason", "held.reason.missing");
            return;
        }
        end(held.reject(here.listId(), id(), reason.strip(), by()), "held.rejected");
    }

    public void discard() {
        end(held.discard(here.listId(), id(), by()), "held.discarded");
    }

    /** A second moderator stays on the page, which says who was quicker. */
    private void end(boolean decided, String key) {
        if (decided) {
            act.end("/manage/" + here.getList().getListId() + "/held", texts.of(key, 1));
        } else {
            opened = Optional.empty();
        }
    }

    private long id() {
        return requestId().orElse(0L);
    }

    private String by() {
        return here.getVisitor().getName();
    }

    /** The post; null: it waits no more. */
    public Opened getOpened() {
        return opened.orElse(null);
    }

    /** What was decided meanwhile; null: not known. */
    public Decision getDecision() {
        return number(posting).flatMap(id -> decisions.of(here.listId(), id)).orElse(null);
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
