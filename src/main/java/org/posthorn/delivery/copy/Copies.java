package org.posthorn.delivery.copy;

import org.posthorn.delivery.smtp.MessageCopy;
import org.posthorn.mail.Addressee;

/** The copies of one cooked message. For any number of threads. */
public interface Copies {

    /** @return the copy that is the same for all, and tells of nobody */
    MessageCopy shared();

    /** @return this one's own copy; the shared one where the message has no place for anybody's own */
    MessageCopy of(Addressee addressee);

    /** Whether copies differ. */
    boolean isPersonal();

    /** Whether more must be known of each recipient than the address. */
    boolean needsMore();
}
