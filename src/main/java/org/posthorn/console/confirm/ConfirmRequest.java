package org.posthorn.console.confirm;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Locale;
import java.util.Optional;
import org.posthorn.console.door.Here;
import org.posthorn.console.text.Texts;
import org.posthorn.list.RefusedException;
import org.posthorn.list.subscription.Confirmation;
import org.posthorn.list.subscription.Confirmation.Matter;
import org.posthorn.list.subscription.Outcome;

/**
 * {@code /confirm/{token}}. Looking at the page changes nothing, since mail programs and filters follow links by
 * themselves; its button does. What happened is said on the page itself: a second press finds nothing to do.
 */
@Named
@RequestScoped
public class ConfirmRequest {

    @Inject
    private Here here;

    @Inject
    private Confirmation confirmation;

    @Inject
    private Texts texts;

    @Inject
    private FacesContext faces;

    private Optional<Matter> matter = Optional.empty();
    private String said;

    @PostConstruct
    void look() {
        matter = confirmation.look(here.part("token"));
        if (matter.isEmpty()) {
            said = texts.get("confirm.gone");
            faces.getExternalContext().setResponseStatus(404);
        }
    }

    public void confirm() {
        if (matter.isEmpty()) {
            return;
        }
        try {
            Outcome outcome = confirmation.confirm(here.part("token"));
            said = texts.of(
                    outcome instanceof Outcome.Waits ? "confirm.waits" : key("done"),
                    matter.get().email(),
                    matter.get().fqdnListname());
        } catch (RefusedException e) {
            said = texts.get("confirm.refused");
        }
        matter = Optional.empty();
    }

    private String key(String stem) {
        return "confirm." + stem + "." + matter.orElseThrow().type().name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is something to confirm. */
    public boolean isOpen() {
        return matter.isPresent();
    }

    public String getQuestion() {
        return matter.map(about -> texts.of(
                        about.invitation() ? "confirm.question.invitation" : key("question"),
                        about.email(),
                        about.fqdnListname()))
                .orElse("");
    }

    public String getButton() {
        return matter.isPresent() ? texts.get(key("button")) : "";
    }

    /** What became of it; null as long as it waits. */
    public String getSaid() {
        return said;
    }
}
