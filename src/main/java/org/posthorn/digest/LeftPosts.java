package org.posthorn.digest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import org.posthorn.list.ListBeingDeleted;

/**
 * The posts that still wait for a digest when their list is deleted: they go with it, and the trace of each says so. Those of
 * a digest that is being written are told of by that.
 */
@ApplicationScoped
public class LeftPosts {

    private static final int AT_ONCE = 500;

    private final CollectedPosts posts;
    private final OpenDigest open;

    protected LeftPosts() {
        this(null, null);
    }

    @Inject
    public LeftPosts(CollectedPosts posts, OpenDigest open) {
        this.posts = posts;
        this.open = open;
    }

    /** In the transaction that deletes the list. */
    @Transactional
    public void endWithList(@Observes ListBeingDeleted event) {
        List<CollectedPost> some = posts.waitingAfter(event.listId(), 0, AT_ONCE);
        while (!some.isEmpty()) {
            open.trace(some, "undigested", "the list was deleted");
            some = posts.waitingAfter(event.listId(), some.get(some.size() - 1).id(), AT_ONCE);
        }
    }
}
