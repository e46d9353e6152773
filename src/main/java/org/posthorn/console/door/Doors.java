package org.posthorn.console.door;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/**
 * Who may read which pages, by their addresses alone. The finer rules are the operations' own; a page that needs more
 * than its door asks {@code Here.may}.
 */
@ApplicationScoped
public class Doors {

    /** What stands before a page. */
    public enum Door {
        OPEN,
        /** Open for some who have signed in. */
        SIGN_IN,
        CLOSED,
        /** The page's list is not there. */
        NOWHERE
    }

    private static final Set<Right> OF_STAFF =
            Set.of(Right.SEE_MEMBERS, Right.MODERATE, Right.CHANGE_MEMBERS, Right.CHANGE_LIST);

    private final Rights rights;

    protected Doors() {
        this(null);
    }

    @Inject
    public Doors(Rights rights) {
        this.rights = rights;
    }

    Door at(PageTree.Page page, Here here) {
        String view = page.viewId();
        if (view.startsWith("/lists/") && page.parameters().containsKey("list-id")) {
            return here.getList() == null ? Door.NOWHERE : Door.OPEN;
        }
        if (!view.startsWith("/site/") && !view.startsWith("/manage/") && !view.startsWith("/me")) {
            return Door.OPEN;
        }
        if (!here.isSignedIn()) {
            return Door.SIGN_IN;
        }
        if (view.startsWith("/site/")) {
            return rights.has(Right.SEE_SITE) || rights.has(Right.OPERATE_SITE) ? Door.OPEN : Door.CLOSED;
        }
        return view.startsWith("/manage/") ? ofList(view, here) : Door.OPEN;
    }

    private Door ofList(String view, Here here) {
        if (here.getList() == null) {
            return Door.NOWHERE;
        }
        long listId = here.listId();
        boolean may = view.contains("/settings")
                ? rights.has(Right.CHANGE_LIST, listId)
                : OF_STAFF.stream().anyMatch(right -> rights.has(right, listId));
        return may ? Door.OPEN : Door.CLOSED;
    }
}
