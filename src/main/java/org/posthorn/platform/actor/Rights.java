package org.posthorn.platform.actor;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What who acts now may do. Pages ask it to show only what works; operations say {@link Needs}. */
@ApplicationScoped
public class Rights {

    private final ListRights onLists;

    protected Rights() {
        this(null);
    }

    @Inject
    public Rights(ListRights onLists) {
        this.onLists = onLists;
    }

    /** @return whether they have it everywhere; for a right that is for a list: on every list */
    public boolean has(Right right) {
        return Acting.current().mayEverywhere(right);
    }

    public boolean has(Right right, long listId) {
        Actor actor = Acting.current();
        return actor.mayEverywhere(right) || right.isOfList() && onLists.has(actor, right, listId);
    }

    /** @throws NotAllowedException when they lack it */
    public void require(Right right) {
        if (!has(right)) {
            throw new NotAllowedException(Acting.current(), right);
        }
    }

    /** @throws NotAllowedException when they lack it on that list */
    public void require(Right right, long listId) {
        if (!has(right, listId)) {
            throw new NotAllowedException(Acting.current(), right);
        }
    }

    /** @throws NotAllowedException when there is anything that they may not do: who makes others who may do all must be so */
    public void requireEverything() {
        if (!Acting.current().mayEverything()) {
            throw new NotAllowedException(Acting.current(), Right.OPERATE_SITE);
        }
    }
}
