package org.posthorn.pipeline.handler;

import org.posthorn.list.ListName;
import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Lets mail to the owners leave with the site's own bounce address: a bounce of it must not come back to the owners, or it
 * would go round.
 */
public final class ToOwners implements Handler {

    /** The local part of the site's bounce address, in each mail domain. */
    public static final String SITE_BOUNCES = ListName.SITE + "-bounces";

    @Override
    public String name() {
        return "to-owners";
    }

    @Override
    public void handle(Draft draft) {
        draft.leaveBy(SITE_BOUNCES + "@" + draft.list().getMailHost(), "none");
    }
}
