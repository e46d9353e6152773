package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import org.posthorn.digest.OpenDigest.Opened;
import org.posthorn.list.ListRepository;

/**
 * Makes one digest in a transaction of its own: however much waits, the list's posts wait for its numbers no longer than
 * one digest takes, and a digest that is made stays made.
 */
@ApplicationScoped
public class NextDigest {

    private final ListRepository lists;
    private final OpenDigest open;

    protected NextDigest() {
        this(null, null);
    }

    @Inject
    public NextDigest(ListRepository lists, OpenDigest open) {
        this.lists = lists;
        this.open = open;
    }

    /** If something has waited since before then. @return nothing taken, too, where the list is gone */
    @Transactional(TxType.REQUIRES_NEW) // see above
    public Opened open(long listId, Instant before) {
        return lists.byId(listId).map(list -> open.oneSince(list, before)).orElseGet(() -> new Opened(0, false));
    }
}
