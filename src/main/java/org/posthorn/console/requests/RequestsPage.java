package org.posthorn.console.requests;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.annotation.ManagedProperty;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.function.Consumer;
import org.posthorn.console.door.Here;
import org.posthorn.console.frame.Act;
import org.posthorn.console.frame.Pager;
import org.posthorn.console.frame.Picked;
import org.posthorn.console.text.Texts;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;
import org.posthorn.list.RefusedException;
import org.posthorn.list.subscription.PendingRequest;
import org.posthorn.list.subscription.RequestDecisions;
import org.posthorn.list.subscription.WaitingRequests;

/** {@code /manage/{list-id}/requests}: the longest waiting first. */
@Named
@RequestScoped
public class RequestsPage {

    private static final int SIZE = 50;

    @Inject
    private WaitingRequests requests;

    @Inject
    private RequestDecisions decisions;

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

    private Page<PendingRequest> rows;
    private String reason = "";

    @PostConstruct
    void read() {
        rows = requests.page(here.listId(), new Paging(SIZE, Pager.number(page)));
    }

    public void accept() {
        decide("requests.accepted", token -> decisions.accept(here.listId(), token));
    }

    public void reject() {
        if (reason.isBlank()) {
            act.refuse("reason", "requests.reason.missing");
            return;
        }
        decide("requests.rejected", token -> decisions.reject(here.listId(), token, reason.strip()));
    }

    public void discard() {
        decide("requests.discarded", token -> decisions.discard(here.listId(), token));
    }

    private void decide(String key, Consumer<String> decision) {
        List<String> tokens = picked.texts();
        if (tokens.isEmpty()) {
            act.refuse(null, "requests.none-picked");
            return;
        }
        long decided =
                tokens.stream().filter(token -> succeeds(decision, token)).count();
        String words = texts.of(key, decided);
        act.end(
                here.getAddress(),
                decided == tokens.size()
                        ? words
                        : words + " " + texts.of("requests.gone-before", tokens.size() - decided));
    }

    /** One about which somebody else was quicker keeps nobody from the others. */
    private static boolean succeeds(Consumer<String> decision, String token) {
        try {
            decision.accept(token);
            return true;
        } catch (RefusedException e) {
            return false;
        }
    }

    public List<PendingRequest> getRows() {
        return rows.entries();
    }

    public long getCount() {
        return rows.total();
    }

    public Pager getPager() {
        return Pager.of(Pager.number(page), SIZE, rows.total());
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason == null ? "" : reason;
    }
}
