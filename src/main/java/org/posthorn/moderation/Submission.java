package org.posthorn.moderation;

import java.util.Map;
import org.posthorn.list.MailingList;
import org.posthorn.queue.Posting;

/**
 * A post on its way through moderation.
 *
 * @param messageId the stored message
 * @param attributes of the queue entry: they go with it into the pipeline
 */
record Submission(MailingList list, Posting posting, long messageId, Map<String, String> attributes) {

    static final String KIND = "kind";
    static final String OWNER = "owner";

    /** Mail to the owners, not to the list. */
    boolean isForOwners() {
        return OWNER.equals(attributes.get(KIND));
    }
}
