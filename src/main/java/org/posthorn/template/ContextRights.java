package org.posthorn.template;

import org.posthorn.platform.actor.NotAllowedException;
import org.posthorn.platform.actor.Right;
import org.posthorn.platform.actor.Rights;

/** Who may see and change the templates of a context. */
final class ContextRights {

    private ContextRights() {}

    /** @throws NotAllowedException when who acts may not see them */
    static void requireSight(Rights rights, TemplateContext context) {
        if (context.listId() == null || rights.has(Right.SEE_SITE)) {
            rights.require(Right.SEE_SITE);
        } else {
            rights.require(Right.CHANGE_LIST, context.listId());
        }
    }

    /** @throws NotAllowedException when who acts may not change them */
    static void requireChange(Rights rights, TemplateContext context) {
        if (context.listId() != null) {
            rights.require(Right.CHANGE_LIST, context.listId());
        } else {
            rights.require(Right.CHANGE_DOMAINS);
        }
    }
}
