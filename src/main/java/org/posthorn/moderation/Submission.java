package org.posthorn.moderation;

import java.util.HashMap;
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

    /** Set to {@code yes} where it waits for no digest. */
    static final String URGENT = "urgent";

    /** Mail to the owners, not to the list. */
    boolean isForOwners() {
        return OWNER.equals(attributes.get(KIND));
    }

    /** The same post, marked where it is urgent by right. */
    Submission marked(Urgency urgency) {
        if (urgency != Urgency.GRANTED || isForOwners()) {
            return this;
        }
        Map<String, String> marked = new HashMap<>(attributes);
        marked.put(URGENT, "yes");
        return new Submission(list, posting, messageId, marked);
    }
}
