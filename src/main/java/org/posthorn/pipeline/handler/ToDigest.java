package org.posthorn.pipeline.handler;

import org.posthorn.pipeline.Draft;
import org.posthorn.pipeline.Handler;

/**
 * Has the post collected for the list's next digest, with the list's fields and without its footer: a digest has its own.
 * An urgent post, too, which those with digests have got by itself: a digest leaves nothing out.
 */
public final class ToDigest implements Handler {

    @Override
    public String name() {
        return "to-digest";
    }

    @Override
    public void handle(Draft draft) {
        if (draft.list().digests().isDigestsEnabled()) {
            draft.collect();
        }
    }
}
