package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthorn.console.door.Here;
import org.posthorn.list.ListDirectory;
import org.posthorn.list.Lists;
import org.posthorn.moderation.HeldMessages;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** {@code /manage/{list-id}/delete}: says what goes with the list, and deletes it once its name has been typed. */
@Named
@RequestScoped
public class DeleteList {

    @Inject
    private Here here;

    @Inject
    private Rights rights;

    @Inject
    private ListDirectory directory;

    @Inject
    private HeldMessages held;

    @Inject
    private Lists lists;

    @Inject
    private Refusals refusals;

    private String typed = "";

    @PostConstruct
    void read() {
        rights.require(Right.DELETE_LIST, here.listId());
    }

    public void delete() {
        String listId = here.getList().getListId();
        if (!listId.equalsIgnoreCase(typed.strip())) {
            refusals.beside("delete", "confirm", "lists.wrong.confirm", typed);
            return;
        }
        lists.delete(here.listId());
        refusals.leave(rights.has(Right.SEE_SITE) ? "/site/lists" : "/", "lists.deleted", listId);
    }

    public long getPeople() {
        return directory.people(here.listId());
    }

    public long getHeld() {
        return held.count(here.listId());
    }

    public String getTyped() {
        return typed;
    }

    public void setTyped(String typed) {
        this.typed = typed == null ? "" : typed;
    }
}
