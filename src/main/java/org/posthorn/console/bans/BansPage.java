package org.posthorn.console.bans;

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
import org.posthorn.console.text.Texts;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListBans;
import org.posthorn.list.Page;
import org.posthorn.list.Paging;

/** {@code /manage/{list-id}/bans}. */
@Named
@RequestScoped
public class BansPage {

    private static final int SIZE = 100;

    @Inject
    private ListBans bans;

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

    private Page<String> rows;
    private String email = "";

    @PostConstruct
    void read() {
        rows = bans.page(here.listId(), new Paging(SIZE, Pager.number(page)));
    }

    public void add() {
        String wanted = email.strip();
        try {
            act.end(here.getPath(), texts.of(bans.ban(here.listId(), wanted) ? "bans.added" : "bans.already", wanted));
        } catch (InvalidValueException e) {
            act.refuse("email", "bans.email.wrong", e.value());
        }
    }

    public void lift() {
        if (picked.texts().isEmpty()) {
            act.refuse(null, "bans.none-picked");
            return;
        }
        long lifted = picked.texts().stream()
                .filter(ban -> bans.lift(here.listId(), ban))
                .count();
        act.end(here.getPath(), texts.of("bans.lifted", lifted));
    }

    public List<String> getRows() {
        return rows.entries();
    }

    public long getCount() {
        return rows.total();
    }

    public Pager getPager() {
        return Pager.of(Pager.number(page), SIZE, rows.total());
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email == null ? "" : email;
    }
}
