package org.posthorn.console.directory;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.posthorn.console.door.Here;
import org.posthorn.list.ConflictException;
import org.posthorn.list.DuplicateException;
import org.posthorn.list.InvalidValueException;
import org.posthorn.list.ListRenaming;
import org.posthorn.list.MailingList;
import org.posthorn.list.UnknownException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** {@code /manage/{list-id}/rename}. */
@Named
@RequestScoped
public class RenameList {

    @Inject
    private Here here;

    @Inject
    private Rights rights;

    @Inject
    private ListRenaming renaming;

    @Inject
    private Refusals refusals;

    private String address;
    private boolean keep = true;

    @PostConstruct
    void read() {
        rights.require(Right.DELETE_LIST, here.listId());
        address = here.getList().getAddress();
    }

    public void rename() {
        String wanted = address.strip();
        try {
            MailingList list = renaming.rename(here.listId(), wanted, keep);
            refusals.leave(
                    "/manage/" + list.getListId() + "/settings/names-and-addresses",
                    "lists.renamed",
                    list.getFqdnListname());
        } catch (ConflictException e) {
            refusals.beside("rename", "address", "lists.wrong.changed", wanted);
        } catch (InvalidValueException e) {
            refusals.beside("rename", "address", "lists.wrong.name", wanted.isEmpty() ? "–" : wanted);
        } catch (DuplicateException e) {
            refusals.beside("rename", "address", "lists.wrong.taken", wanted);
        } catch (UnknownException e) {
            refusals.beside("rename", "address", "lists.wrong.domain", wanted.substring(wanted.indexOf('@') + 1));
        }
    }

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address == null ? "" : address;
    }

    public boolean isKeep() {
        return keep;
    }

    public void setKeep(boolean keep) {
        this.keep = keep;
    }
}
